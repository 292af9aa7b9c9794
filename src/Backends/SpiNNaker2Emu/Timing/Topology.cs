using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// Where cores are, and by which links one reaches another. On a chip routers are a mesh, one to a core, row by row; a transfer goes
/// along its row first. Chips are a mesh with six links each (east, north-east, north and back), as SpiNNaker's; a transfer
/// goes along the diagonal first. External memory and the links to other chips are beside a chip's first router.
/// </summary>
internal sealed class Topology
{
    private const int MeshLinks = 4;
    private const int ChipLinks = 6;

    private readonly int _routersOfChip;
    private readonly int _columns;
    private readonly int _chipColumns;
    private readonly int[] _route;
    private int _length;

    public Topology(DeviceProfile profile, int cores)
    {
        // Rows have all their routers, also where the last one has fewer cores, or the last row of chips fewer chips.
        _columns = profile.NocColumns;
        _routersOfChip = WholeRows(profile.Cores, _columns);
        _chipColumns = profile.Board?.Columns ?? 1;
        (Chips, CoresPerChip) = Spread(cores, profile.Cores, profile.Board?.Chips ?? 1);
        _route = new int[(2 * _routersOfChip) + WholeRows(Chips, _chipColumns)];
    }

    /// <summary>The chips in use.</summary>
    public int Chips { get; }

    /// <summary>The cores in use on each of them; the last may have fewer.</summary>
    public int CoresPerChip { get; }

    /// <summary>All links: first those of the meshes, then those between chips.</summary>
    public int Links => FirstChipLink + (WholeRows(Chips, _chipColumns) * ChipLinks);

    /// <summary>The first of the links between chips.</summary>
    public int FirstChipLink => Chips * _routersOfChip * MeshLinks;

    /// <summary>The links between the first chip and that in use which is farthest from it.</summary>
    public int Farthest => Enumerable.Range(0, Chips).Max(chip => ChipHops(0, chip));

    public int ChipOf(int core) => core / CoresPerChip;

    /// <summary>Routers passed from one core to another.</summary>
    public int Hops(int from, int to) => ChipOf(from) == ChipOf(to)
        ? MeshDistance(Place(from), Place(to)) + 1
        : HopsToPort(from) + HopsToPort(to) + ChipHops(ChipOf(from), ChipOf(to)) - 1;

    /// <summary>Routers passed between a core and the memory of a chip.</summary>
    public int HopsToMemory(int core, int chip) => HopsToPort(core) + ChipHops(ChipOf(core), chip);

    /// <summary>Links passed from one chip to another.</summary>
    public int ChipHops(int from, int to)
    {
        int right = (to % _chipColumns) - (from % _chipColumns);
        int up = (to / _chipColumns) - (from / _chipColumns);
        return Math.Sign(right) == Math.Sign(up) ? Math.Max(Math.Abs(right), Math.Abs(up)) : Math.Abs(right) + Math.Abs(up);
    }

    /// <summary>The links from one core to another; valid until the next route is asked for.</summary>
    public ReadOnlySpan<int> Route(int from, int to)
    {
        _length = 0;
        if (ChipOf(from) == ChipOf(to))
        {
            Mesh(ChipOf(from), Place(from), Place(to));
        }
        else
        {
            Mesh(ChipOf(from), Place(from), 0);
            Board(ChipOf(from), ChipOf(to));
            Mesh(ChipOf(to), 0, Place(to));
        }
        return _route.AsSpan(0, _length);
    }

    /// <summary>The links from the memory of a chip to a core.</summary>
    public ReadOnlySpan<int> RouteFromMemory(int chip, int core)
    {
        _length = 0;
        Board(chip, ChipOf(core));
        Mesh(ChipOf(core), 0, Place(core));
        return _route.AsSpan(0, _length);
    }

    /// <summary>The links from a core to the memory of a chip.</summary>
    public ReadOnlySpan<int> RouteToMemory(int core, int chip)
    {
        _length = 0;
        Mesh(ChipOf(core), Place(core), 0);
        Board(ChipOf(core), chip);
        return _route.AsSpan(0, _length);
    }

    /// <summary>As many cores on each chip, if some number of chips allows it; else the first chips are full.</summary>
    private static (int Chips, int CoresPerChip) Spread(int cores, int coresOfChip, int chips)
    {
        int fewest = (cores + coresOfChip - 1) / coresOfChip;
        int even = Enumerable.Range(fewest, Math.Max(1, chips - fewest + 1)).FirstOrDefault(n => cores % n == 0, fewest);
        return (even, (cores + even - 1) / even);
    }

    private static int WholeRows(int count, int columns) => (count + columns - 1) / columns * columns;

    private int Place(int core) => core % CoresPerChip;

    private int HopsToPort(int core) => MeshDistance(Place(core), 0) + 1;

    private int MeshDistance(int from, int to) =>
        Math.Abs((from % _columns) - (to % _columns)) + Math.Abs((from / _columns) - (to / _columns));

    private void Mesh(int chip, int from, int to)
    {
        int first = chip * _routersOfChip;
        while (from != to)
        {
            int right = (to % _columns) - (from % _columns);
            int up = (to / _columns) - (from / _columns);
            (int direction, int step) = right > 0 ? (0, 1) : right < 0 ? (1, -1) : up > 0 ? (2, _columns) : (3, -_columns);
            _route[_length++] = ((first + from) * MeshLinks) + direction;
            from += step;
        }
    }

    private void Board(int from, int to)
    {
        while (from != to)
        {
            int right = Math.Sign((to % _chipColumns) - (from % _chipColumns));
            int up = Math.Sign((to / _chipColumns) - (from / _chipColumns));
            (int direction, int step) = (right, up) switch
            {
                (1, 1) => (1, _chipColumns + 1),
                (-1, -1) => (4, -_chipColumns - 1),
                (1, _) => (0, 1),
                (-1, _) => (3, -1),
                (_, 1) => (2, _chipColumns),
                _ => (5, -_chipColumns),
            };
            _route[_length++] = FirstChipLink + (from * ChipLinks) + direction;
            from += step;
        }
    }
}
