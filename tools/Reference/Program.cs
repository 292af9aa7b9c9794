using NeuroHal.Reference;

string folder = args is [{ } given] ? given : Path.Combine(ReferencePages.Repository, "docs", "reference");
foreach ((string name, string text) in ReferencePages.All())
{
    string path = Path.Combine(folder, name);
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    File.WriteAllText(path, text);
    Console.WriteLine(path);
}
