using System.Text;

namespace NeuroHal.Fuzz.Mutations;

/// <summary>Damages settings of the form <c>KEY=VALUE</c>: the value, the key, the list of them.</summary>
internal static class SettingMutator
{
    /// <summary>Stands between settings; not a line break, so that a value may hold one.</summary>
    public const char Separator = '\u001e';

    public static byte[] Mutate(byte[] input, Dice dice, IReadOnlyList<byte[]> seeds)
    {
        if (dice.OneIn(6))
        {
            return ByteMutator.Mutate(input, dice, seeds);
        }
        List<string> settings = [.. Encoding.UTF8.GetString(input).Split(Separator)];
        int at = dice.Below(settings.Count);
        string[] parts = settings[at].Split('=', 2);
        string fragment = dice.Pick(Fragments.Texts);
        switch (dice.Below(10))
        {
            case 0:
                settings.RemoveAt(at);
                break;
            case 1:
                settings.Add(dice.Pick(Encoding.UTF8.GetString(dice.Pick(seeds)).Split(Separator)));
                break;
            case 2:
                settings[at] = $"{parts[0]}:{dice.Below(3)}={fragment}";
                break;
            case 3:
                settings[at] = $"{fragment}={parts[^1]}";
                break;
            case 4:
                settings[at] = $"{parts[0]}={parts[^1]}{fragment}";
                break;
            default:
                settings[at] = $"{parts[0]}={fragment}";
                break;
        }
        return Encoding.UTF8.GetBytes(string.Join(Separator, settings));
    }
}
