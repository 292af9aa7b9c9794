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
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(), // the schema is asked for before anything is read
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
            return Parse(file, ProfileConstants.Replace(File.ReadAllText(file), constants));
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
        Require(profile.Levels.Count >= 1, file, "levels", "is empty");
        Require(profile.Levels.All(l => l is not null), file, "levels", "holds a null");
        foreach ((string id, Constant constant, string unit) in Constants(profile))
        {
            Check(file, id, constant, unit);
        }
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
        Require(!string.IsNullOrWhiteSpace(constant.Source), file, path, "has no source");
    }

    private static void Require(bool holds, string file, string path, string what)
    {
        if (!holds)
        {
            throw new BadDataException($"{file}: {path} {what}.");
        }
    }
}
