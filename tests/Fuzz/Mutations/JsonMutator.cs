using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeuroHal.Fuzz.Mutations;

/// <summary>Damages JSON where it counts: keys and values lost, doubled, renamed, replaced, moved, nested.</summary>
internal static class JsonMutator
{
    private static readonly JsonReaderOptions _lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly double[] _factors = [-1, 0, 0.001, 0.5, 0.99, 1, 1.01, 2, 3, 10, 1000, 1e6, 1e12, 1e300];

    public static byte[] Mutate(byte[] input, Dice dice, IReadOnlyList<byte[]> seeds)
    {
        List<Piece> pieces = Pieces(input);
        if (pieces.Count == 0 || dice.OneIn(10))
        {
            return ByteMutator.Mutate(input, dice, seeds);
        }
        Piece piece = dice.Pick(pieces);
        byte[] value = input[piece.Value];
        if (value[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9') && dice.OneIn(2))
        {
            return Replace(input, piece.Value, Number(value, dice));
        }
        switch (dice.Below(10))
        {
            case 0:
                return Replace(input, piece.Whole, []);
            case 1:
                return Replace(input, piece.Whole, [.. input[piece.Whole], (byte)',', .. input[piece.Whole]]);
            case 2:
                return Replace(input, piece.Value, input[dice.Pick(pieces).Value]);
            case 3 when piece.Name is { } name:
                return Replace(input, name, Name(input[name], dice));
            case 4 when piece.Name is { } name:
                return Replace(input, piece.Whole, [.. input[piece.Whole], (byte)',', .. Name(input[name], dice), (byte)':', .. dice.Pick(Fragments.Json)]);
            case 5:
                return Replace(input, piece.Value, [(byte)'[', .. value, (byte)',', .. value, (byte)']']);
            case 6:
                return Replace(input, piece.Value, [.. "{\"value\":"u8, .. value, (byte)'}']);
            default:
                return Replace(input, piece.Value, dice.Pick(Fragments.Json));
        }
    }

    /// <summary>Another number of the same kind, so that not every input ends at the first look.</summary>
    private static byte[] Number(byte[] number, Dice dice) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? Encoding.UTF8.GetBytes((value * dice.Pick(_factors)).ToString("R", CultureInfo.InvariantCulture))
            : number;

    private static byte[] Name(byte[] name, Dice dice) => dice.Below(4) switch
    {
        0 => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(name).ToUpperInvariant()),
        1 => [.. name[..^1], .. ":x\""u8],
        2 => name,
        _ => dice.Pick(Fragments.Json),
    };

    private static byte[] Replace(byte[] input, Range range, byte[] by)
    {
        (int start, int length) = range.GetOffsetAndLength(input.Length);
        return [.. input[..start], .. by, .. input[(start + length)..]];
    }

    /// <summary>All values as far as it is JSON, with the names they have.</summary>
    private static List<Piece> Pieces(byte[] input)
    {
        var pieces = new List<Piece>();
        var open = new Stack<(int Start, Range? Name)>();
        var reader = new Utf8JsonReader(input, _lenient);
        Range? name = null;
        try
        {
            while (reader.Read())
            {
                int start = (int)reader.TokenStartIndex, end = (int)reader.BytesConsumed;
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        // The token ends with the colon.
                        name = start..(input.AsSpan(..end).LastIndexOf((byte)'"') + 1);
                        continue;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((start, name));
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        (int begin, Range? itsName) = open.Pop();
                        pieces.Add(new Piece(itsName, begin..end));
                        break;
                    default:
                        pieces.Add(new Piece(name, start..end));
                        break;
                }
                name = null;
            }
        }
        catch (JsonException)
        {
            // Damaged already: what came before is still there to be damaged.
        }
        return pieces;
    }

    private sealed record Piece(Range? Name, Range Value)
    {
        public Range Whole => (Name ?? Value).Start..Value.End;
    }
}
