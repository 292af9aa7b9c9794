using System.Globalization;
using System.Text;

namespace NeuroHal.Sweeps.Tables;

/// <summary>A table as comma-separated values, RFC 4180 but for line ends of one character.</summary>
public static class CsvTable
{
    private static readonly System.Buffers.SearchValues<char> _quoted = System.Buffers.SearchValues.Create(",\"\r\n");

    /// <summary>Writes it in UTF-8, with a line of names; numbers so that reading them gives the same number.</summary>
    public static void Write(Stream stream, Table table)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', table.Columns.Select(c => Field(c.Name))));
        for (int row = 0; row < table.Rows; row++)
        {
            writer.WriteLine(string.Join(',', table.Columns.Select(c => Field(Text(c.Values[row])))));
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Field(string text) => text.AsSpan().IndexOfAny(_quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
