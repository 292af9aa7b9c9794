using NeuroHal.Fuzz.Mutations;

namespace NeuroHal.Fuzz;

/// <summary>Something that reads what others wrote, and how to damage that.</summary>
internal abstract class FuzzedReader : IDisposable
{
    private const int MostSteps = 8;

    // Damage by doubling must not end in inputs that take long for their size alone.
    private const int LongestInput = 1 << 18;

    /// <summary>Inputs that are read without an error, to begin with.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>What one input may allocate whatever its size.</summary>
    public virtual long FreeBytes => 4 << 20;

    /// <summary>What one input may allocate for each of its bytes.</summary>
    public virtual long BytesForEach => 200;

    /// <summary>Reads an input, and does with it what a run would.</summary>
    /// <param name="input">Any bytes.</param>
    /// <returns>Lines that a user would see though there is no error.</returns>
    /// <exception cref="NeuroHalException">The input is not legal.</exception>
    public abstract IEnumerable<string> Read(byte[] input);

    /// <summary>Makes an input out of a seed; the same for the same dice.</summary>
    public byte[] Make(Dice dice)
    {
        byte[] input = dice.OneIn(50) ? dice.Bytes(dice.Below(200)) : dice.Pick(Seeds);
        int steps = 1;
        while (steps < MostSteps && dice.OneIn(2))
        {
            steps++;
        }
        for (int i = 0; i < steps; i++)
        {
            input = Mutate(input, dice);
            input = input.Length > LongestInput ? input[..LongestInput] : input;
        }
        return Seal(input);
    }

    public virtual void Dispose()
    {
    }

    /// <summary>One step of damage.</summary>
    protected virtual byte[] Mutate(byte[] input, Dice dice) => ByteMutator.Mutate(input, dice, Seeds);

    /// <summary>Mends what would keep damage from getting any further, such as checksums.</summary>
    protected virtual byte[] Seal(byte[] input) => input;
}
