using System.Globalization;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Onnx;
using NeuroHal.Exchange.Safetensors;

namespace NeuroHal.Exchange;

/// <summary>A network in a file of any format that can be read.</summary>
public static class NetworkFile
{
    // A dense network of the largest layers that can be imagined here has less.
    private const long MostBytes = 1L << 30;

    /// <summary>Reads a network whose numbers are finite; which format it is, its suffix says.</summary>
    /// <exception cref="BadArgumentException">The suffix is of no format that can be read.</exception>
    /// <exception cref="BadDataException">The file cannot be read, is damaged, or holds what is no network here; the message names it.</exception>
    public static NetworkSnapshot Read(string path)
    {
        Func<ReadOnlyMemory<byte>, NetworkSnapshot> read = Reader(path);
        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? throw new BadDataException("It is not there.")
                : file.Length > MostBytes ? throw new BadDataException($"It has {file.Length} B; {MostBytes} B can be read.")
                : Finite(read(File.ReadAllBytes(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadDataException)
        {
            throw new BadDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Reads a network whose numbers are finite out of a file's content.</summary>
    /// <param name="name">What the file is called; which format it is, its suffix says.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="BadArgumentException">The suffix is of no format that can be read.</exception>
    /// <exception cref="BadDataException">It is damaged, or holds what is no network here.</exception>
    public static NetworkSnapshot Read(string name, ReadOnlyMemory<byte> content) => Finite(Reader(name)(content));

    private static Func<ReadOnlyMemory<byte>, NetworkSnapshot> Reader(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".npz" => bytes => NetworkArchive.Read(Npz.NpzFile.Read(bytes)),
        ".safetensors" => bytes => NetworkArchive.Read(SafetensorsFile.Read(bytes)),
        ".onnx" => OnnxReader.Read,
        _ => throw new BadArgumentException($"'{name}' is of no format that can be read here; there are .npz, .safetensors and .onnx."),
    };

    // A run that diverged keeps such a network, to be looked at; to go on with, it is of no use.
    private static NetworkSnapshot Finite(NetworkSnapshot network)
    {
        foreach ((int index, LayerSnapshot layer) in network.Layers.Index())
        {
            foreach (Connection c in layer.Connections.Where(c => !float.IsFinite(c.Theta)))
            {
                throw new BadDataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Layer {index + 1} holds {c.Theta} for the connection to output {c.Row} from input {c.Column}, which is no finite number; did its training diverge?"));
            }
        }
        return network;
    }
}
