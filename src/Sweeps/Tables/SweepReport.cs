using NeuroHal.Checkpoints;
using NeuroHal.Sweeps.Folders;
using NeuroHal.Sweeps.Planning;
using NeuroHal.Sweeps.Statistics;

namespace NeuroHal.Sweeps.Tables;

/// <summary>What a sweep leaves for its reader: the table in three formats, the summary and the pictures.</summary>
public static class SweepReport
{
    /// <summary>The whole table.</summary>
    public const string Csv = "results.csv";

    /// <summary>The columns that are the same whoever ran the sweep.</summary>
    public const string FiguresCsv = "figures.csv";

    /// <summary>The whole table as Parquet.</summary>
    public const string Parquet = "results.parquet";

    /// <summary>The whole table, called <c>runs</c>, in a database.</summary>
    public const string Sqlite = "results.sqlite";

    /// <summary>Means and intervals.</summary>
    public const string Summary = "summary.md";

    /// <summary>Writes all of it from what the folder has.</summary>
    /// <returns>The rows, as they were read.</returns>
    public static async Task<IReadOnlyList<SweepRow>> WriteAsync(SweepFolder folder, SweepPlan plan, string title)
    {
        IReadOnlyList<SweepRow> rows = SweepRow.Read(folder, plan);
        Table table = SweepTable.Of(plan.Keys, rows);
        string In(string name) => Path.Combine(folder.Root, name);
        using var parquet = new MemoryStream();
        await ParquetTable.WriteAsync(parquet, table).ConfigureAwait(false);
        Directory.CreateDirectory(folder.Root);
        DurableFile.Write(In(Csv), stream => CsvTable.Write(stream, table));
        DurableFile.Write(In(FiguresCsv), stream => CsvTable.Write(stream, table.WithoutHost));
        DurableFile.Write(In(Parquet), stream => stream.Write(parquet.GetBuffer().AsSpan(0, (int)parquet.Length)));
        string temporary = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            SqliteTable.Write(temporary, "runs", table); // beside: it wants a disk that knows locks, which a shared folder may not
            DurableFile.Write(In(Sqlite), stream => stream.Write(File.ReadAllBytes(temporary)));
        }
        finally
        {
            File.Delete(temporary);
        }
        var pictures = new List<string>();
        Draw("accuracy-energy", r => r.Result?.Energy?.Joules, "energy of training in J");
        Draw("accuracy-memory", r => r.MemoryBytes / 1024.0, "memory of the fullest core in KiB");
        byte[] summary = System.Text.Encoding.UTF8.GetBytes(SweepSummary.Of(title, plan.Keys, rows, pictures));
        DurableFile.Write(In(Summary), stream => stream.Write(summary));
        return rows;

        void Draw(string name, Func<SweepRow, double?> cost, string label)
        {
            if (ParetoPicture.Write(In(name), rows, cost, label))
            {
                pictures.Add($"{name}.png");
            }
        }
    }
}
