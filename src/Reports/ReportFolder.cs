using System.Text;
using NeuroHal.Checkpoints;
using NeuroHal.Reports.Drawing;
using NeuroHal.Reports.Page;
using NeuroHal.Reports.Runs;

namespace NeuroHal.Reports;

/// <summary>Writes the report of runs: a page, and its pictures beside it as SVG and PNG.</summary>
public static class ReportFolder
{
    /// <summary>The page.</summary>
    public const string Page = "index.html";

    /// <summary>Reads runs and writes their report. Files of an earlier report are replaced, each as a whole; others stay.</summary>
    /// <param name="runs">The folders that runs left their results in, the one to compare others with first.</param>
    /// <param name="folder">Where the report goes; it is made if it is not there.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="BadArgumentException">There is no result in a folder, or the report cannot be written, as where another page is.</exception>
    /// <exception cref="BadDataException">A file of a run is damaged, or goes not with the others.</exception>
    public static WrittenReport Write(IReadOnlyList<string> runs, string folder)
    {
        IReadOnlyList<ReportedRun> read = ReportedRun.Read(runs);
        (string html, IReadOnlyList<(string Name, Picture Picture)> pictures) = ReportPage.Of(read);
        try
        {
            Directory.CreateDirectory(folder);
            bool replaced = File.Exists(Path.Combine(folder, Page));
            if (replaced && !File.ReadAllText(Path.Combine(folder, Page)).Contains(ReportPage.Mark, StringComparison.Ordinal))
            {
                throw new BadArgumentException($"'{folder}' holds an {Page} that is no report; it is kept. Name another folder with --output.");
            }
            foreach ((string name, Picture picture) in pictures)
            {
                DurableFile.Write(Path.Combine(folder, $"{name}.svg"), stream => stream.Write(Encoding.UTF8.GetBytes(SvgInk.File(picture))));
                DurableFile.Write(Path.Combine(folder, $"{name}.png"), stream => PngInk.Write(stream, picture));
            }
            string page = Path.Combine(folder, Page);
            DurableFile.Write(page, stream => stream.Write(Encoding.UTF8.GetBytes(html)));
            return new WrittenReport(page, read.Count, pictures.Count, replaced, PngInk.HasFonts);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadArgumentException($"The report cannot be written to '{folder}': {e.Message}", e);
        }
    }
}

/// <summary>What was written.</summary>
/// <param name="Page">The page.</param>
/// <param name="Runs">The runs it is of.</param>
/// <param name="Pictures">The pictures beside it, each as SVG and PNG.</param>
/// <param name="Replaced">Whether an earlier report was replaced.</param>
/// <param name="HasFonts">Whether there were fonts for the PNG files; without, they have no text.</param>
public sealed record WrittenReport(string Page, int Runs, int Pictures, bool Replaced, bool HasFonts);
