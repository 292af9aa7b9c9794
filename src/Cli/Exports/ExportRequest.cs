using NeuroHal.Exchange.C;

namespace NeuroHal.Cli.Exports;

/// <summary>What is asked of an export.</summary>
internal sealed record ExportRequest
{
    public required ExportFormat Format { get; init; }

    /// <summary>The file, which is not there yet, or <see cref="ExportFormat.StandardOutput"/>.</summary>
    public required string Output { get; init; }

    /// <summary>Whether weights are written with their zeros.</summary>
    public required bool Dense { get; init; }

    /// <summary>What weights are in C.</summary>
    public required CWeights Weights { get; init; }

    /// <summary>How many images to put beside the code with what it must come to; null for none.</summary>
    public required int? TestVectors { get; init; }

    /// <summary>Whether the file is the standard output.</summary>
    public bool IsPiped => Output == ExportFormat.StandardOutput;

    /// <summary>Whether it takes a data set.</summary>
    public bool NeedsData => TestVectors is not null || Weights == CWeights.Int8;

    /// <summary>Makes sure that its parts go together.</summary>
    /// <exception cref="BadArgumentException">They do not.</exception>
    public ExportRequest Checked()
    {
        if (Dense && Format != ExportFormat.Onnx)
        {
            throw new BadArgumentException($"--dense is given with --format {Format.Name}, but only ONNX can have its weights dense.");
        }
        if (NeedsData && Format != ExportFormat.C)
        {
            throw new BadArgumentException($"{(TestVectors is null ? "--int8" : "--test-vectors")} is given with --format {Format.Name}; it is for C only.");
        }
        if (TestVectors < 1)
        {
            throw new BadArgumentException($"--test-vectors is {TestVectors}; it must be 1 or more.");
        }
        return this;
    }
}
