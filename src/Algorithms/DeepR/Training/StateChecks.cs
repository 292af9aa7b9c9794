using NeuroHal.DeepR.Planning;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Training;

/// <summary>Whether what a saved state put into a device's memory is a network: kernels take that for granted.</summary>
internal static class StateChecks
{
    /// <exception cref="BadDataException">It is not; the message says where.</exception>
    public static void Require(IHostLink host, IReadOnlyList<NetworkShare> shares, Team team)
    {
        foreach (NetworkShare share in shares)
        {
            for (int i = 0; i < share.Layers.Count; i++)
            {
                RequireSound(host, share.Layers[i], team.Home(share.Core, i), $"layer {i + 1} on core {share.Core}");
            }
            var random = new uint[share.RewiringStream.Length];
            host.Read<uint>(share.RewiringStream, random);
            // The one state that the generator never leaves: whoever draws from it without end would.
            Require(random.Any(word => word != 0), $"the random state (rewiring) of core {share.Core} is empty");
        }
    }

    private static void RequireSound(
        IHostLink host, SparseMatrix layer, (DramBuffer<ushort> Rows, DramBuffer<ushort> Columns)? home, string where)
    {
        var count = new ConnectionCount[1];
        host.Read<ConnectionCount>(layer.Count, count);
        (int now, int peak) = (count[0].Now, count[0].Peak);
        Require(now >= 0 && now <= peak && peak <= layer.Capacity, $"{where} has {now} connections, at most {peak}, and room for {layer.Capacity}");
        if (now == 0)
        {
            return;
        }
        var rows = new ushort[now];
        var columns = new ushort[now];
        if (home is { } kept)
        {
            host.Read(kept.Rows.Slice(0, now), rows.AsMemory());
            host.Read(kept.Columns.Slice(0, now), columns.AsMemory());
        }
        else
        {
            host.Read(layer.Rows.Slice(0, now), rows.AsMemory());
            host.Read(layer.Columns.Slice(0, now), columns.AsMemory());
        }
        long last = -1;
        for (int i = 0; i < now; i++)
        {
            long position = ((long)rows[i] * layer.Inputs) + columns[i];
            Require(
                rows[i] < layer.Outputs && columns[i] < layer.Inputs && position > last,
                $"{where}: connection {i} is at row {rows[i]}, column {columns[i]}, outside or out of order");
            last = position;
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BadDataException($"The saved training state is no network: {otherwise}.");
        }
    }
}
