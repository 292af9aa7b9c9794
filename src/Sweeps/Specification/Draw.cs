using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NeuroHal.Sweeps.Specification;

/// <summary>What values of one key are drawn from.</summary>
public abstract record Draw
{
    private Draw()
    {
    }

    /// <summary>
    /// The value of one draw. It depends on nothing but its arguments, so more draws, or another key beside this one, leave those there were as
    /// they were.
    /// </summary>
    /// <param name="seed">The specification's seed.</param>
    /// <param name="key">The key.</param>
    /// <param name="index">Which draw, from 0.</param>
    public string At(ulong seed, string key, int index)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}:{index}:{key}")));
        return At((BinaryPrimitives.ReadUInt64LittleEndian(digest) >> 11) * (1.0 / (1UL << 53)));
    }

    /// <summary>The value at a point of the distribution.</summary>
    /// <param name="share">0 to less than 1.</param>
    public abstract string At(double share);

    // As many digits as a table shows; more would let the last bit of a host's logarithm into the ids of runs.
    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Each number of a range alike.</summary>
    /// <param name="From">The least.</param>
    /// <param name="To">The bound above.</param>
    public sealed record Uniform(double From, double To) : Draw
    {
        /// <inheritdoc/>
        public override string At(double share) => Text(From + (share * (To - From)));
    }

    /// <summary>Each order of magnitude alike.</summary>
    /// <param name="From">The least, more than 0.</param>
    /// <param name="To">The bound above.</param>
    public sealed record LogUniform(double From, double To) : Draw
    {
        /// <inheritdoc/>
        public override string At(double share) => Text(From * Math.Pow(To / From, share));
    }

    /// <summary>Each whole number of a range alike.</summary>
    /// <param name="From">The least.</param>
    /// <param name="To">The greatest.</param>
    public sealed record Integer(long From, long To) : Draw
    {
        /// <inheritdoc/>
        public override string At(double share) =>
            (From + (long)(share * (To - From + 1.0))).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Each of some values alike.</summary>
    /// <param name="Values">The values, at least one.</param>
    public sealed record Choice(IReadOnlyList<string> Values) : Draw
    {
        /// <inheritdoc/>
        public override string At(double share) => Values[(int)(share * Values.Count)];
    }
}
