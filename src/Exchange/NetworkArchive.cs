using System.Globalization;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.Npz;

namespace NeuroHal.Exchange;

/// <summary>
/// A network as a NumPy archive: for each layer, from 1, the arrays <c>layerN_shape</c> (outputs, inputs), <c>layerN_row</c>,
/// <c>layerN_col</c>, <c>layerN_theta</c>, <c>layerN_sign</c> (1 or -1) and <c>layerN_peak</c>, so that nothing is lost; a connection's weight
/// is sign times theta. Rows are outputs, columns are inputs. Whole numbers may be of any type when they are read, and the peak may be missing.
/// </summary>
public static class NetworkArchive
{
    /// <summary>Writes a network.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, NetworkSnapshot network) => NpzFile.Write(path, Arrays(network));

    /// <summary>Reads a network as a run left it, which may have diverged; to go on with one there is <see cref="NetworkFile"/>.</summary>
    /// <exception cref="BadDataException">The file is damaged, or holds no network.</exception>
    public static NetworkSnapshot Read(string path)
    {
        IReadOnlyDictionary<string, NpyArray> arrays = NpzFile.Read(path);
        try
        {
            return Read(arrays);
        }
        catch (BadDataException e)
        {
            throw new BadDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>A network's arrays by name.</summary>
    public static IEnumerable<KeyValuePair<string, NpyArray>> Arrays(NetworkSnapshot network) =>
        network.Layers.Index().SelectMany(l => Arrays(l.Index + 1, l.Item));

    /// <summary>Makes a network of a file's arrays.</summary>
    /// <exception cref="BadDataException">They hold no network.</exception>
    public static NetworkSnapshot Read(IReadOnlyDictionary<string, NpyArray> arrays)
    {
        var layers = new List<LayerSnapshot>();
        while (arrays.ContainsKey(Name(layers.Count + 1, "shape")))
        {
            LayerSnapshot layer = Layer(arrays, layers.Count + 1);
            Require(layers.Count == 0 || layers[^1].Outputs == layer.Inputs, layers.Count + 1, "shape", "does not go with the layer before it");
            layers.Add(layer);
        }
        return layers.Count > 0 ? new NetworkSnapshot(layers) : throw new BadDataException("It holds no network: there is no 'layer1_shape'.");
    }

    private static IEnumerable<KeyValuePair<string, NpyArray>> Arrays(int number, LayerSnapshot layer)
    {
        KeyValuePair<string, NpyArray> Named(string what, NpyArray array) => new(Name(number, what), array);
        IReadOnlyList<Connection> all = layer.Connections;
        yield return Named("shape", NpyArray.Of(new long[] { layer.Outputs, layer.Inputs }));
        yield return Named("row", NpyArray.Of(all.Select(c => c.Row).ToArray()));
        yield return Named("col", NpyArray.Of(all.Select(c => c.Column).ToArray()));
        yield return Named("theta", NpyArray.Of(all.Select(c => c.Theta).ToArray()));
        yield return Named("sign", NpyArray.Of(all.Select(c => c.Negative ? (sbyte)-1 : (sbyte)1).ToArray()));
        yield return Named("peak", NpyArray.Of(new long[] { layer.Peak }));
    }

    private static LayerSnapshot Layer(IReadOnlyDictionary<string, NpyArray> arrays, int number)
    {
        T Of<T>(string what, Func<NpyArray, T> read)
        {
            string name = Name(number, what);
            NpyArray array = arrays.GetValueOrDefault(name) ?? throw new BadDataException($"'{name}' is missing.");
            try
            {
                return read(array);
            }
            catch (BadDataException e)
            {
                throw new BadDataException($"'{name}': {e.Message}", e);
            }
        }

        long[] shape = Of("shape", a => a.Integers());
        Require(shape is [>= 1 and <= 65_536, >= 1 and <= 65_536], number, "shape", "is not two sizes from 1 to 65,536");
        long[] rows = Of("row", a => a.Integers());
        long[] columns = Of("col", a => a.Integers());
        float[] theta = Of("theta", a => a.Values<float>());
        long[] signs = Of("sign", a => a.Integers());
        long[] peak = arrays.ContainsKey(Name(number, "peak")) ? Of("peak", a => a.Integers()) : [rows.Length];
        Require(columns.Length == rows.Length, number, "col", "has not as many elements as rows");
        Require(theta.Length == rows.Length, number, "theta", "has not as many elements as rows");
        Require(signs.Length == rows.Length && signs.All(s => s is 1 or -1), number, "sign", "is not 1 or -1 for each row");
        Require(peak is [_] && peak[0] >= rows.Length && peak[0] <= int.MaxValue, number, "peak", "is less than there are connections");
        for (int i = 0; i < rows.Length; i++)
        {
            Require(rows[i] >= 0 && rows[i] < shape[0] && columns[i] >= 0 && columns[i] < shape[1], number, "row", $"and column {i} are outside the layer");
            Require(
                i == 0 || rows[i] > rows[i - 1] || (rows[i] == rows[i - 1] && columns[i] > columns[i - 1]), number, "row", $"and column {i} do not follow those before them");
        }
        return new LayerSnapshot(
            (int)shape[1], (int)shape[0], (int)peak[0], [.. rows.Select((row, i) => new Connection((ushort)row, (ushort)columns[i], theta[i], signs[i] < 0))]);
    }

    private static string Name(int layer, string what) => string.Create(CultureInfo.InvariantCulture, $"layer{layer}_{what}");

    private static void Require(bool holds, int layer, string what, string otherwise)
    {
        if (!holds)
        {
            throw new BadDataException($"'{Name(layer, what)}' {otherwise}.");
        }
    }
}
