using System.Globalization;
using System.Reflection;
using NeuroHal;
using Spectre.Console;

namespace WideMac;

/// <summary>A table of how busy the arrays were, drawn with a package of the plugin's own.</summary>
internal static class ArrayReport
{
    public static void Write(string file, Profile profile, Ledger ledger)
    {
        using var writer = new StreamWriter(file);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = 100;
        Table table = new Table { Border = TableBorder.Ascii }
            .AddColumn("core").AddColumn("array cycles").AddColumn("of all cycles").AddColumn("MACs").AddColumn("multipliers in use");
        for (int core = 0; core < ledger.Device; core++)
        {
            long array = Sum(ledger, core, Count.ArrayCycles);
            long macs = Sum(ledger, core, Count.Macs);
            long all = Sum(ledger, core, Count.Busy) + Sum(ledger, core, Count.Waiting);
            table.AddRow(
                core.ToString(CultureInfo.InvariantCulture),
                array.ToString("N0", CultureInfo.InvariantCulture),
                Share(array, all),
                macs.ToString("N0", CultureInfo.InvariantCulture),
                Share(macs, array * profile["array.width"].Value));
        }
        console.Write(table);
        Assembly spectre = typeof(Table).Assembly;
        string version = spectre.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        writer.WriteLine($"Drawn with {spectre.GetName().Name} {version}");
    }

    private static long Sum(Ledger ledger, int core, Count count) =>
        Enum.GetValues<Phase>().Sum(phase => ledger.Read(phase, core, count));

    private static string Share(double part, double whole) =>
        whole > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100 * part / whole:0.0} %") : "-";
}
