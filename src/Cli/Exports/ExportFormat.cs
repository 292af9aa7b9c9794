namespace NeuroHal.Cli.Exports;

/// <summary>A format that networks are written in.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Suffixes">What its files end with, the first by default.</param>
internal sealed record ExportFormat(string Name, params IReadOnlyList<string> Suffixes)
{
    /// <summary>What stands for the standard output.</summary>
    public const string StandardOutput = "-";

    public static readonly ExportFormat Onnx = new("onnx", ".onnx");
    public static readonly ExportFormat Npz = new("npz", ".npz");
    public static readonly ExportFormat Safetensors = new("safetensors", ".safetensors");
    public static readonly ExportFormat C = new("c", ".c", ".h");

    private static readonly ExportFormat[] _all = [Onnx, Npz, Safetensors, C];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _all.Select(f => f.Name)];

    /// <summary>The format that is asked for, by name, by a file's suffix, or both.</summary>
    /// <exception cref="BadArgumentException">There is no such format, the two are not of one, or neither is given.</exception>
    public static ExportFormat Of(string? name, string? file)
    {
        string suffix = file is null or StandardOutput ? "" : Path.GetExtension(file);
        ExportFormat? bySuffix = _all.FirstOrDefault(f => f.Suffixes.Contains(suffix, StringComparer.OrdinalIgnoreCase));
        if (name is null)
        {
            return bySuffix ?? throw new BadArgumentException(file is null or StandardOutput
                ? $"Which format? Name one of {string.Join(", ", Names)} with --format, or a file with --output that ends so."
                : $"'{file}' ends like no format; name a file that ends with {string.Join(", ", _all.Select(f => f.Suffixes[0]))} with --output.");
        }
        ExportFormat format = _all.FirstOrDefault(f => f.Name == name)
            ?? throw new BadArgumentException($"--format is '{name}'; it must be one of {string.Join(", ", Names)}.{NearestName.Question(name, Names)}");
        if (file is null || bySuffix == format || (file == StandardOutput && format != C))
        {
            return format;
        }
        throw new BadArgumentException(file == StandardOutput
            ? "--format c writes several files, and the standard output is one; name a file with --output."
            : $"'{file}' does not end as files of --format {name} do; name one that ends with {format.Suffixes[0]} with --output.");
    }
}
