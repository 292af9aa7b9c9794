using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuroHal.Calibration.Toolchain;

/// <summary>A function or mark of the linked firmware.</summary>
internal sealed record Symbol(string Name, uint Address, uint Size);

/// <summary>Code or constants that the linker put into the program.</summary>
internal sealed record CodeSection(string File, uint Address, uint Bytes);

/// <summary>A line of the disassembly.</summary>
internal sealed record DisassembledLine(uint Address, string Text);

/// <summary>The linked firmware: its file, its code and where its parts are.</summary>
internal sealed partial class Firmware
{
    private readonly Dictionary<string, Symbol> _symbols;

    private Firmware(string elf, string map, IEnumerable<Symbol> symbols, IReadOnlyList<DisassembledLine> lines, IReadOnlyList<uint> randomReads)
    {
        (Elf, Lines, RandomReads) = (elf, lines, randomReads);
        Symbol[] all = [.. symbols];
        _symbols = all.GroupBy(s => s.Name).ToDictionary(g => g.Key, g => g.First());
        // By address: functions that no other file sees may have the same name in several.
        Functions = [.. all.Where(s => s.Size > 0 && s.Address < End).DistinctBy(s => s.Address).OrderBy(s => s.Address)];
        Sections =
        [
            .. SectionLine().Matches(File.ReadAllText(map))
                .Select(m => new CodeSection(Path.GetFileName(m.Groups[3].Value), Hex(m.Groups[1].Value), Hex(m.Groups[2].Value)))
                .Where(s => s.Bytes > 0 && s.Address >= Start && s.Address < End),
        ];
    }

    public string Elf { get; }

    /// <summary>What the part that runs on the chip is put together of, by the linker's map.</summary>
    public IReadOnlyList<CodeSection> Sections { get; }

    /// <summary>The code of the part that runs on the chip.</summary>
    public IReadOnlyList<DisassembledLine> Lines { get; }

    /// <summary>Addresses of the instructions that stand for a read of the random number generator.</summary>
    public IReadOnlyList<uint> RandomReads { get; }

    /// <summary>All functions, by address.</summary>
    public IReadOnlyList<Symbol> Functions { get; }

    /// <summary>The first address of the part that runs on the chip.</summary>
    public uint Start => this["program_start"].Address;

    /// <summary>The address behind it.</summary>
    public uint End => this["program_end"].Address;

    public Symbol this[string symbol] => Find(symbol)
        ?? throw new BadDataException($"{Elf} has no symbol '{symbol}'.");

    public Symbol? Find(string symbol) => _symbols.GetValueOrDefault(symbol);

    /// <summary>The function that holds an address.</summary>
    public Symbol? FunctionAt(uint address) =>
        Functions.FirstOrDefault(s => address >= s.Address && address < s.Address + s.Size);

    public static Firmware Read(string elf, string map, TimeSpan limit)
    {
        string folder = Path.GetDirectoryName(elf)!;
        string table = Tool.Disassembler.Run(folder, limit, "-t", elf);
        string code = Tool.Disassembler.Run(folder, limit, "-d", "--no-show-raw-insn", "-j", ".program", elf);
        string reads = Tool.Disassembler.Run(folder, limit, "-h", elf).Contains(".random_reads", StringComparison.Ordinal)
            ? Tool.Disassembler.Run(folder, limit, "-s", "-j", ".random_reads", elf)
            : "";
        return new Firmware(
            elf,
            map,
            SymbolLine().Matches(table).Select(m => new Symbol(m.Groups[3].Value, Hex(m.Groups[1].Value), Hex(m.Groups[2].Value))),
            [.. CodeLine().Matches(code).Select(m => new DisassembledLine(Hex(m.Groups[1].Value), m.Groups[2].Value.Replace('\t', ' ').Trim()))],
            [.. WordsOf(reads)]);
    }

    private static IEnumerable<uint> WordsOf(string dump) =>
        from line in DumpLine().Matches(dump)
        from word in line.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where word.Length == 8
        // Bytes as they lie in memory, lowest first.
        select System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(Hex(word));

    private static uint Hex(string text) => uint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // "00000008 g     F .program	0000001e relu"
    [GeneratedRegex(@"^([0-9a-f]{8}) .{7} \S+\t([0-9a-f]{8}) (?:\.hidden )?(\S+)$", RegexOptions.Multiline)]
    private static partial Regex SymbolLine();

    // " .text.relu     0x00000008       0x1e /tmp/dense_relu.o", with a line's end behind a long name.
    [GeneratedRegex(@"^ \.(?:text|rodata)\S*\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S+)$", RegexOptions.Multiline)]
    private static partial Regex SectionLine();

    // "  16:	ldr.w	r3, [r0, #4]!"; data between the code is ".word" and the like.
    [GeneratedRegex(@"^ *([0-9a-f]+):\t([^.\n][^\n]*)$", RegexOptions.Multiline)]
    private static partial Regex CodeLine();

    // " 0140 12345678 9abcdef0          4Vx....."
    [GeneratedRegex(@"^ [0-9a-f]+ ((?:[0-9a-f]{2,8} ){1,4})", RegexOptions.Multiline)]
    private static partial Regex DumpLine();
}
