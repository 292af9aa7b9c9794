namespace NeuroHal.Conformance.Trials;

/// <summary>One kernel on one device over many shapes, the same ones on every run.</summary>
internal static class Trial
{
    /// <summary>Trials of each kernel.</summary>
    public const int Count = 48;

    /// <summary>Trial n rolls its dice from this number plus n.</summary>
    public const ulong Seed = 0x4E6575726F48414C;

    /// <summary>Tries a kernel. Shapes too large for the device are left out; the clause applies where one fits.</summary>
    /// <param name="bench">The bench.</param>
    /// <param name="check">Runs the kernel once and throws where its results are wrong.</param>
    public static void Each(DeviceBench bench, Action<Workbench, Dice, Shape> check)
    {
        IDevice device = bench.Open();
        string? tooLarge = null;
        int tried = 0;
        for (int number = 0; number < Count; number++)
        {
            var dice = new Dice(Seed + (ulong)number);
            var shape = Shape.Roll(number, dice);
            try
            {
                using var core = new Workbench(device);
                check(core, dice, shape);
                core.ExpectNothingElseChanged();
                tried++;
            }
            catch (SramExhaustedException e)
            {
                tooLarge = e.Message;
            }
            catch (ClauseViolationException e)
            {
                throw new ClauseViolationException($"{shape}: {e.Message}");
            }
            catch (Exception e)
            {
                throw new ClauseViolationException($"{shape}: threw {e.GetType().Name}: {e.Message}");
            }
        }
        if (tried == 0)
        {
            throw new ClauseDoesNotApplyException($"no shape fits: {tooLarge}");
        }
    }
}
