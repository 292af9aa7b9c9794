using System.Globalization;
using System.Text.Json.Nodes;

namespace NeuroHal.SpiNNaker2Emu.Profile;

/// <summary>A profile's constants as a list, by id: <c>energy.coreCycle</c>, <c>levels.PL3.staticPower</c>.</summary>
internal static class ProfileConstants
{
    public static IReadOnlyList<ModelConstant> List(DeviceProfile profile) =>
        [.. ProfileFile.Constants(profile).Select(c => new ModelConstant(
            c.Id, c.Constant.Value, c.Constant.Low, c.Constant.High, c.Constant.Unit, c.Constant.Source, c.Constant.IsAssumed)
        {
            IsDerived = c.Constant.IsDerived,
        })];

    /// <summary>Replaces values in the text of a profile that is a good one.</summary>
    /// <exception cref="BadArgumentException">There is no such constant, or a value is not a number.</exception>
    public static string Replace(string json, IReadOnlyDictionary<string, double> values)
    {
        JsonNode root = JsonNode.Parse(json)!;
        foreach ((string id, double value) in values)
        {
            JsonNode? at = id.Split('.').Aggregate((JsonNode?)root, (node, name) => node switch
            {
                JsonArray array => array.FirstOrDefault(e => (string?)e?["name"] == name),
                JsonObject => node[name],
                _ => null,
            });
            if (at is not JsonObject constant || !constant.ContainsKey("value"))
            {
                throw new BadArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"SpiNNaker2Emu: the profile has no constant '{id}' to set to {value}."));
            }
            if (!double.IsFinite(value))
            {
                throw new BadArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"SpiNNaker2Emu: the constant '{id}' is to be {value}; it must be a number."));
            }
            constant["value"] = value;
        }
        return root.ToJsonString();
    }
}
