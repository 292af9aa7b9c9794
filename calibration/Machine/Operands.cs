using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuroHal.Calibration.Machine;

/// <summary>The operands of a line of disassembly: registers, lists of registers and addresses.</summary>
internal sealed partial class Operands
{
    private Operands(IReadOnlyList<RegisterSet> registers, RegisterSet list, string? address, bool writesBack)
    {
        (Registers, List) = (registers, list);
        if (address is not null)
        {
            Address = RegistersIn(address).Aggregate(default(RegisterSet), (all, r) => all | r);
            Addressing = Address.Overlaps(RegisterSet.ProgramCounter) ? Addressing.Literal
                : RegistersIn(address).Count() > 1 ? Addressing.Register
                : Addressing.Immediate;
        }
        WritesBack = writesBack;
    }

    /// <summary>Single registers outside braces and brackets, in order.</summary>
    public IReadOnlyList<RegisterSet> Registers { get; }

    /// <summary>What is in braces.</summary>
    public RegisterSet List { get; }

    /// <summary>What is in brackets.</summary>
    public RegisterSet Address { get; }

    public Addressing Addressing { get; }

    /// <summary>Whether there is an exclamation mark, or something behind the brackets.</summary>
    public bool WritesBack { get; }

    public RegisterSet All => Registers.Aggregate(List | Address, (all, r) => all | r);

    public static Operands Parse(string text)
    {
        string rest = text;
        RegisterSet list = default;
        if (Braces().Match(rest) is { Success: true } braces)
        {
            list = ListOf(braces.Groups[1].Value);
            rest = rest.Remove(braces.Index, braces.Length);
        }
        string? address = null;
        bool writesBack = rest.Contains('!', StringComparison.Ordinal);
        if (Brackets().Match(rest) is { Success: true } brackets)
        {
            address = brackets.Groups[1].Value;
            writesBack |= rest[(brackets.Index + brackets.Length)..].Contains(',', StringComparison.Ordinal);
            rest = rest.Remove(brackets.Index);
        }
        return new Operands([.. RegistersIn(rest)], list, address, writesBack);
    }

    private static IEnumerable<RegisterSet> RegistersIn(string text) =>
        Register().Matches(text).Select(match => Of(match.Value));

    private static RegisterSet ListOf(string text)
    {
        RegisterSet all = default;
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-');
            if (ends.Length == 1)
            {
                all |= Of(part);
                continue;
            }
            for (int i = NumberOf(ends[0]); i <= NumberOf(ends[1]); i++)
            {
                all |= Of(part[0] + i.ToString(CultureInfo.InvariantCulture));
            }
        }
        return all;
    }

    private static RegisterSet Of(string name) => name switch
    {
        "sl" => RegisterSet.Core(10),
        "fp" => RegisterSet.Core(11),
        "ip" => RegisterSet.Core(12),
        "sp" => RegisterSet.StackPointer,
        "lr" => RegisterSet.Core(14),
        "pc" => RegisterSet.ProgramCounter,
        ['r', ..] => RegisterSet.Core(NumberOf(name)),
        ['s', ..] => RegisterSet.Single(NumberOf(name)),
        _ => RegisterSet.Double(NumberOf(name)),
    };

    private static int NumberOf(string name) => int.Parse(name[1..], CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(?:r\d+|s\d+|d\d+|sl|fp|ip|sp|lr|pc)\b")]
    private static partial Regex Register();

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Braces();

    // The index of a half of a double register is in brackets as well.
    [GeneratedRegex(@"\[([a-z][^\]]*)\]")]
    private static partial Regex Brackets();
}
