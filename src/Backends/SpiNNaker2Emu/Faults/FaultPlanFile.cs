using System.Globalization;
using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace NeuroHal.SpiNNaker2Emu.Faults;

/// <summary>Reads and checks fault plans.</summary>
internal static class FaultPlanFile
{
    /// <summary>
    /// The highest rate: at it every bit of SRAM flips every millisecond; beyond, an emulation would do nothing but flip bits.
    /// </summary>
    public const double MostUpsets = 1000;

    // 106 days, what SimTime reaches.
    private const double LongestSeconds = 9e6;
    private const long LongestTimeout = 1_000_000_000_000;
    private const long LargestFile = 1 << 20;

    private static readonly JsonSerializerOptions _strict = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(), // the schema is asked for before anything is read
        AllowDuplicateProperties = false,
    };

    private static readonly JsonSerializerOptions _line = new(_strict) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>The JSON schema of plans, as <c>faults.schema.json</c> has it.</summary>
    public static string Schema =>
        _strict.GetJsonSchemaAsNode(typeof(FaultPlan)).ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    /// <summary>A plan in one line of JSON.</summary>
    public static string ToLine(FaultPlan plan) => JsonSerializer.Serialize(plan, _line);

    /// <summary>Reads a plan from a file, or from its short form.</summary>
    /// <param name="fileOrSpec">A file's path, or the text of <see cref="FaultSpec"/>.</param>
    /// <exception cref="BadArgumentException">It is neither.</exception>
    /// <exception cref="BadDataException">It is not a plan; the message names file and key.</exception>
    public static FaultPlan Load(string fileOrSpec)
    {
        if (File.Exists(fileOrSpec))
        {
            try
            {
                return new FileInfo(fileOrSpec).Length <= LargestFile
                    ? Parse(fileOrSpec, File.ReadAllText(fileOrSpec))
                    : throw new BadDataException($"{fileOrSpec}: a fault plan has at most {new Bytes(LargestFile)}.");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new BadArgumentException($"Faults: {fileOrSpec}: {e.Message}", e);
            }
        }
        return fileOrSpec.Contains('=', StringComparison.Ordinal)
            ? Parse("Faults", FaultSpec.ToJson(fileOrSpec).ToJsonString())
            : throw new BadArgumentException($"Faults: '{fileOrSpec}' is no file, nor a plan such as {FaultSpec.Example}");
    }

    /// <summary>Reads a plan's text.</summary>
    public static FaultPlan Parse(string source, string json)
    {
        try
        {
            FaultPlan plan = JsonSerializer.Deserialize<FaultPlan>(json, _strict)
                ?? throw new BadDataException($"{source}: the fault plan is empty.");
            return Check(plan with { Source = source });
        }
        catch (JsonException e)
        {
            throw new BadDataException($"{source}: line {e.LineNumber + 1}, {e.Path}: {e.Message.Split(" Path:")[0]}", e);
        }
    }

    /// <summary>Makes sure that every value is legal on some device.</summary>
    /// <returns>The plan.</returns>
    public static FaultPlan Check(FaultPlan plan)
    {
        string source = plan.Source;
        Require(plan.TimeoutCycles is >= 1 and <= LongestTimeout, source, "timeoutCycles", plan.TimeoutCycles, $"1 to {LongestTimeout}");
        foreach ((string key, UpsetRule rule) in Rules("upsets", plan.Upsets, source))
        {
            Require(rule.Rate is >= 0 and <= MostUpsets, source, $"{key}.rate", rule.Rate, $"0 to {MostUpsets} upsets per bit and second");
            Require(rule.LowestBit is >= 0 and <= 31, source, $"{key}.lowestBit", rule.LowestBit, "0 to 31");
            Require(rule.HighestBit >= rule.LowestBit && rule.HighestBit <= 31, source, $"{key}.highestBit", rule.HighestBit, $"{rule.LowestBit} to 31");
            RequireTime(source, $"{key}.from", rule.From);
            RequireTime(source, $"{key}.until", rule.Until ?? rule.From);
            Require(rule.Buffers.All(b => !string.IsNullOrWhiteSpace(b)), source, $"{key}.buffers", "empty", "names of buffers, such as *theta*");
        }
        foreach ((string key, FlipRule rule) in Rules("flips", plan.Flips, source))
        {
            Require(rule.Bit is >= 0 and <= 7, source, $"{key}.bit", rule.Bit, "0 to 7");
            Require(rule.Address is >= 0 and <= int.MaxValue, source, $"{key}.address", rule.Address, $"0 to {int.MaxValue}");
            RequireTime(source, $"{key}.time", rule.Time);
        }
        foreach ((string key, DeadCoreRule rule) in Rules("deadCores", plan.DeadCores, source))
        {
            RequireTime(source, $"{key}.time", rule.Time);
        }
        foreach ((string key, SlowCoreRule rule) in Rules("slowCores", plan.SlowCores, source))
        {
            Require(rule.Factor is >= 1e-3 and <= 1, source, $"{key}.factor", rule.Factor, "0.001 to 1 of the clock");
            RequireTime(source, $"{key}.time", rule.Time);
        }
        foreach ((string key, TransferRule rule) in Rules("transfers", plan.Transfers, source))
        {
            Require(rule.Rate is >= 0 and <= 1, source, $"{key}.rate", rule.Rate, "a chance, 0 to 1");
            Require(rule.Nth is null or >= 1, source, $"{key}.nth", rule.Nth, "at least 1");
            Require(rule.Nth is null || rule.Rate == 0, source, $"{key}.nth", rule.Nth, "given without a rate");
            Require(rule.Nth is not null || rule.Rate > 0, source, $"{key}.rate", rule.Rate, "above 0 where no nth is given");
        }
        return plan;
    }

    /// <summary>Makes sure that a device has the cores and bytes that a plan names.</summary>
    public static void Check(FaultPlan plan, int cores, Bytes sram)
    {
        string source = plan.Source;
        void Core(string key, int core) => Require(core >= 0 && core < cores, source, key, core, $"0 to {cores - 1}, the cores in use");
        foreach ((string key, UpsetRule rule) in Rules("upsets", plan.Upsets, source))
        {
            rule.Cores.ToList().ForEach(c => Core($"{key}.cores", c));
        }
        foreach ((string key, TransferRule rule) in Rules("transfers", plan.Transfers, source))
        {
            rule.Cores.ToList().ForEach(c => Core($"{key}.cores", c));
        }
        foreach ((string key, FlipRule rule) in Rules("flips", plan.Flips, source))
        {
            Core($"{key}.core", rule.Core);
            Require(rule.Address < sram.Count, source, $"{key}.address", rule.Address, $"below {sram.Count}, the bytes of a core's SRAM");
        }
        foreach ((string key, DeadCoreRule rule) in Rules("deadCores", plan.DeadCores, source))
        {
            Core($"{key}.core", rule.Core);
        }
        foreach ((string key, SlowCoreRule rule) in Rules("slowCores", plan.SlowCores, source))
        {
            Core($"{key}.core", rule.Core);
        }
    }

    private static IEnumerable<(string Key, T Rule)> Rules<T>(string section, IReadOnlyList<T> rules, string source)
        where T : class
    {
        for (int i = 0; i < rules.Count; i++)
        {
            // A null in an array escapes the serializer's own check.
            yield return rules[i] is { } rule
                ? ($"{section}[{i}]", rule)
                : throw new BadDataException($"{source}: {section}[{i}] is null; it must be an object.");
        }
    }

    private static void RequireTime(string source, string key, double seconds) =>
        Require(seconds is >= 0 and <= LongestSeconds, source, key, seconds, $"0 to {LongestSeconds} s of device time");

    private static void Require(bool holds, string source, string key, object? given, string range)
    {
        if (!holds)
        {
            throw new BadDataException(string.Create(CultureInfo.InvariantCulture, $"{source}: {key} is {given}; it must be {range}."));
        }
    }
}
