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
    private readonly Seat[] _seats;

    public Topology(DeviceProfile profile, int cores)
    {
        // Rows have all their routers, also where the last one has fewer cores, or the last row of chips fewer chips.
        _columns = profile.NocColumns;
        _routersOfChip = WholeRows(profile.Cores, _columns);
        _chipColumns = profile.Board?.Columns ?? 1;
        (Chips, CoresPerChip) = Spread(cores, profile.Cores, profile.Board?.Chips ?? 1);
        _seats = [.. Enumerable.Range(0, cores).Select(core => new Seat(
            (ushort)(core / CoresPerChip), (ushort)(core % CoresPerChip % _columns), (ushort)(core % CoresPerChip / _columns)))];
        LongestRoute = (2 * (_columns + (_routersOfChip / _columns))) + _chipColumns + (WholeRows(Chips, _chipColumns) / _chipColumns);
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

    /// <summary>No route has more links.</summary>
    public int LongestRoute { get; }

    public int ChipOf(int core) => _seats[core].Chip;

    /// <summary>Routers passed from one core to another.</summary>
    public int Hops(int from, int to) => _seats[from].Chip == _seats[to].Chip
        ? Math.Abs(_seats[from].Column - _seats[to].Column) + Math.Abs(_seats[from].Row - _seats[to].Row) + 1
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

    /// <summary>Writes the links from one core to another.</summary>
    /// <returns>How many there are.</returns>
    public int Route(int from, int to, Span<int> links)
    {
        (Seat a, Seat b) = (_seats[from], _seats[to]);
        return a.Chip == b.Chip ? Mesh(a, b, links, 0) : Mesh(Port(b.Chip), b, links, Board(a.Chip, b.Chip, links, Mesh(a, Port(a.Chip), links, 0)));
    }

    /// <summary>Writes the links from the memory of a chip to a core.</summary>
    /// <returns>How many there are.</returns>
    public int RouteFromMemory(int chip, int core, Span<int> links)
    {
        Seat seat = _seats[core];
        return Mesh(Port(seat.Chip), seat, links, Board(chip, seat.Chip, links, 0));
    }

    /// <summary>Writes the links from a core to the memory of a chip.</summary>
    /// <returns>How many there are.</returns>
    public int RouteToMemory(int core, int chip, Span<int> links)
    {
        Seat seat = _seats[core];
        return Board(seat.Chip, chip, links, Mesh(seat, Port(seat.Chip), links, 0));
    }

    /// <summary>As many cores on each chip, if some number of chips allows it; else the first chips are full.</summary>
    private static (int Chips, int CoresPerChip) Spread(int cores, int coresOfChip, int chips)
    {
        int fewest = (cores + coresOfChip - 1) / coresOfChip;
        int even = Enumerable.Range(fewest, Math.Max(1, chips - fewest + 1)).FirstOrDefault(n => cores % n == 0, fewest);
        return (even, (cores + even - 1) / even);
    }

    private static int WholeRows(int count, int columns) => (count + columns - 1) / columns * columns;

    private static Seat Port(int chip) => new((ushort)chip, 0, 0);

    private int HopsToPort(int core) => _seats[core].Column + _seats[core].Row + 1;

    /// <summary>Adds the links between two places of a chip to so many; returns how many there are then.</summary>
    private int Mesh(Seat from, Seat to, Span<int> links, int length)
    {
        int router = (from.Chip * _routersOfChip) + (from.Row * _columns) + from.Column;
        length = Straight(to.Column - from.Column, 0, 1, links, length, ref router);
        return Straight(to.Row - from.Row, 2, _columns, links, length, ref router);
    }

    private static int Straight(int distance, int direction, int step, Span<int> links, int length, ref int router)
    {
        (direction, step) = distance > 0 ? (direction, step) : (direction + 1, -step);
        for (int left = Math.Abs(distance); left > 0; left--)
        {
            links[length++] = (router * MeshLinks) + direction;
            router += step;
        }
        return length;
    }

    /// <summary>Adds the links between two chips to so many; returns how many there are then.</summary>
    private int Board(int from, int to, Span<int> links, int length)
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
            links[length++] = FirstChipLink + (from * ChipLinks) + direction;
            from += step;
        }
        return length;
    }

    /// <summary>Where a core is.</summary>
    private readonly record struct Seat(ushort Chip, ushort Column, ushort Row);
}
