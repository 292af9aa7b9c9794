using System.Reflection;
using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NeuroHal.SpiNNaker2Emu.Faults;

namespace NeuroHal.SpiNNaker2Emu.Profile;

/// <summary>Reads and checks device profiles.</summary>
internal static class ProfileFile
{
    // Wide enough for any core, narrow enough to tell hertz from megahertz and to keep picoseconds exact.
    private const double SlowestHertz = 1e4;
    private const double FastestHertz = 1e10;

    private static readonly JsonSerializerOptions _strict = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(), // the schema is asked for before anything is read
    };

    // A profile has some 20 KB.
    private const int MostBytes = 1 << 20;

    // By unit, what a constant may be at least and at most: far beyond any chip, and near enough that times stay within
    // whole picoseconds, and memories within what a host can address, for any run that somebody waits for.
    private static readonly Dictionary<string, (double Least, double Most)> _limits = new(StringComparer.Ordinal)
    {
        ["B"] = (1, 1L << 40),
        ["V"] = (0, 100),
        ["Hz"] = (0, FastestHertz),
        ["mW"] = (0, 1e6),
        ["cycles"] = (0, 1e5),
        ["ns"] = (0, 1e9),
        ["B/s"] = (1e3, 1e15),
        ["pJ"] = (0, 1e9),
        ["pJ/B"] = (0, 1e9),
        ["1"] = (0, 1),
    };

    /// <summary>The JSON schema of profiles, as <c>profile.schema.json</c> has it.</summary>
    public static string Schema => _strict.GetJsonSchemaAsNode(typeof(DeviceProfile)).ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    /// <summary>Where the shipped profiles lie.</summary>
    private static string Folder =>
        Path.Combine(Path.GetDirectoryName(typeof(ProfileFile).Assembly.Location)!, "profiles");

    /// <summary>Loads a shipped profile by name, or any by path.</summary>
    /// <param name="nameOrPath">Which one.</param>
    /// <param name="constants">Values to use in place of the profile's, by id; within the profile's bounds.</param>
    /// <exception cref="BadArgumentException">There is none of that name and no such file.</exception>
    /// <exception cref="BadDataException">The file is not a profile; the message names file and place.</exception>
    public static DeviceProfile Load(string nameOrPath, IReadOnlyDictionary<string, double> constants)
    {
        string shipped = Path.Combine(Folder, nameOrPath + ".json");
        string file = File.Exists(shipped) ? shipped : nameOrPath;
        if (!File.Exists(file))
        {
            IEnumerable<string?> names = Directory.Exists(Folder)
                ? Directory.EnumerateFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)
                : [];
            throw new BadArgumentException(
                $"SpiNNaker2Emu: no profile '{nameOrPath}': neither shipped ({string.Join(", ", names)}) nor a file.");
        }
        try
        {
            string json = Text(file);
            DeviceProfile profile = Parse(file, json);
            return constants.Count == 0 ? profile : Parse(file, ProfileConstants.Replace(json, constants));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentException($"SpiNNaker2Emu: profile {file}: {e.Message}", e);
        }
    }

    /// <summary>Reads a profile's text.</summary>
    public static DeviceProfile Parse(string file, string json)
    {
        DeviceProfile profile;
        try
        {
            profile = JsonSerializer.Deserialize<DeviceProfile>(json, _strict)
                ?? throw new BadDataException($"{file}: the profile is empty.");
        }
        catch (JsonException e)
        {
            throw new BadDataException($"{file}: line {e.LineNumber + 1}, {e.Path}: {e.Message.Split(" Path:")[0]}", e);
        }
        Require(profile.Cores is >= 1 and <= 1024, file, "cores", $"is {profile.Cores}; it must be 1 to 1024");
        Require(profile.NocColumns is >= 1 and <= 1024, file, "nocColumns", $"is {profile.NocColumns}; it must be 1 to 1024");
        Require(profile.Board is null or { Chips: >= 1 and <= 1024 }, file, "board.chips", $"is {profile.Board?.Chips}; it must be 1 to 1024");
        Require(profile.Board is null or { Columns: >= 1 and <= 1024 }, file, "board.columns", $"is {profile.Board?.Columns}; it must be 1 to 1024");
        Require(profile.Levels.Count >= 1, file, "levels", "is empty");
        Require(profile.Levels.All(l => l is not null), file, "levels", "holds a null");
        Require(profile.Name.Length > 0 && PrintableLine.Of(profile.Name) == profile.Name, file, "name", $"is '{profile.Name}'; it must be a line of text");
        foreach (LevelProfile level in profile.Levels)
        {
            // They are part of constants' ids, which have points between.
            Require(
                level.Name.Length > 0 && level.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'),
                file,
                "levels",
                $"has the name '{level.Name}'; a name is of letters, digits, - and _");
        }
        Require(profile.Levels.DistinctBy(l => l.Name).Count() == profile.Levels.Count, file, "levels", "has a name twice");
        foreach ((string id, Constant constant, string unit) in Constants(profile))
        {
            Check(file, id, constant, unit);
        }
        Require(
            profile.SramPerCore.Value <= Array.MaxLength && double.IsInteger(profile.SramPerCore.Value),
            file,
            "sramPerCore",
            $"is {profile.SramPerCore.Value}; it must be a whole number up to {Array.MaxLength}");
        Require(
            profile.Levels.All(l => l.Clock.Value is >= SlowestHertz and <= FastestHertz),
            file,
            "levels",
            $"has a clock outside {SlowestHertz:0} to {FastestHertz:0} Hz");
        Require(
            profile.Levels.Zip(profile.Levels.Skip(1)).All(p => p.First.Clock.Value < p.Second.Clock.Value),
            file,
            "levels",
            "must go from the slowest clock to the fastest");
        return profile.Faults is null
            ? profile
            : profile with { Faults = FaultPlanFile.Check(profile.Faults with { Source = $"{file}: faults" }) };
    }

    /// <summary>All constants of a profile with their ids and the units they must have.</summary>
    public static IEnumerable<(string Id, Constant Constant, string Unit)> Constants(DeviceProfile profile) => Constants("", profile);

    private static IEnumerable<(string Id, Constant Constant, string Unit)> Constants(string path, object part)
    {
        foreach (PropertyInfo property in part.GetType().GetProperties())
        {
            string here = path + JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            IEnumerable<(string, Constant, string)> found = property.GetValue(part) switch
            {
                Constant constant => [(here, constant, property.GetCustomAttribute<UnitAttribute>()!.Name)],
                IReadOnlyList<LevelProfile> levels => levels.SelectMany(l => Constants($"{here}.{l.Name}.", l)),
                { } section when section.GetType().Namespace == typeof(Constant).Namespace => Constants($"{here}.", section),
                _ => [],
            };
            foreach ((string, Constant, string) constant in found)
            {
                yield return constant;
            }
        }
    }

    private static void Check(string file, string path, Constant constant, string unit)
    {
        Require(constant.Unit == unit, file, path, $"has the unit '{constant.Unit}'; it must be '{unit}'");
        Require(constant.Low > 0 || constant.Value == 0, file, path, $"has the lower bound {constant.Low}; it must be above 0");
        Require(
            constant.Low <= constant.Value && constant.Value <= constant.High && double.IsFinite(constant.High),
            file,
            path,
            $"has low {constant.Low}, value {constant.Value}, high {constant.High}; they must be in this order");
        (double least, double most) = _limits[unit];
        Require(constant.Low >= least && constant.High <= most, file, path, $"has low {constant.Low}, high {constant.High}; {unit} can be {least} to {most}");
        Require(!string.IsNullOrWhiteSpace(constant.Source), file, path, "has no source");
    }

    private static string Text(string file)
    {
        using FileStream stream = File.OpenRead(file);
        // A pipe has no length; what is longer than it says, as a device that never ends, is cut there.
        var bytes = new byte[stream.CanSeek ? Math.Min(stream.Length, MostBytes) + 1 : MostBytes + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        using var reader = new StreamReader(new MemoryStream(bytes, 0, length));
        return length <= MostBytes
            ? reader.ReadToEnd()
            : throw new BadDataException($"{file}: more than {MostBytes} bytes; that is no profile.");
    }

    private static void Require(bool holds, string file, string path, string what)
    {
        if (!holds)
        {
            throw new BadDataException($"{file}: {path} {what}.");
        }
    }
}
