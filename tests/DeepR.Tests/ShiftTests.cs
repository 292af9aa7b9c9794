using NeuroHal.DeepR.Training;
using NSubstitute;

namespace NeuroHal.DeepR.Tests;

/// <summary>Samples that are moved a little each time they are trained on, by reading from a little beside them.</summary>
public sealed class ShiftTests
{
    private const int Width = 4;
    private const int Record = (Width * Width) + 1;
    private const int Count = 200;

    [Fact]
    public void A_moved_sample_is_read_beside_its_place_and_keeps_its_label()
    {
        var mocks = new MockedDevice(65_536);
        var trainer = new Trainer(mocks.Device, Some.SmallNetwork with { Shift = 1 });
        LoadedSamples samples = trainer.Load("samples", Some.Quarters(Count));
        trainer.TrainEpoch(samples, cancellation: TestContext.Current.CancellationToken);

        (DramRange<byte> From, SramRange<byte> To)[] loads = Loads(mocks);
        var seen = new List<int>();
        var moves = new HashSet<int>();
        for (int i = 0; i < loads.Length; i++)
        {
            (DramRange<byte> from, SramRange<byte> to) = loads[i];
            Assert.Equal(from.Length, to.Length);
            if (from.Length == Record)
            {
                Assert.Equal(0, from.Start % Record);
                seen.Add(from.Start / Record);
                moves.Add(0);
                continue;
            }
            Assert.Equal((Record - 1, 0), (from.Length, to.Start));
            (DramRange<byte> label, SramRange<byte> labelTo) = loads[++i];
            Assert.Equal((1, Record - 1, to.Buffer), (label.Length, labelTo.Start, labelTo.Buffer));
            Assert.Equal(Record - 1, label.Start % Record);
            seen.Add(label.Start / Record);
            moves.Add(from.Start - (label.Start / Record * Record));
        }
        Assert.Equal(Enumerable.Range(0, Count), seen.Order());
        Assert.Equal([-5, -4, -3, -1, 0, 1, 3, 4, 5], moves.Order());
    }

    [Fact]
    public void Evaluation_reads_samples_as_they_are()
    {
        var mocks = new MockedDevice(65_536);
        var trainer = new Trainer(mocks.Device, Some.SmallNetwork with { Shift = 1 });
        trainer.Evaluate(trainer.Load("samples", Some.Quarters(Count)), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => (i * Record, Record)), Loads(mocks).Select(l => (l.From.Start, l.From.Length)));
    }

    [Theory]
    [InlineData("shift is 5; it must be 0 to 4", 784, 5)]
    [InlineData("shift is 1; it must be 0, as the network's 15 inputs are not a square image", 15, 1)]
    public void A_shift_needs_a_square_image_larger_than_it(string message, int inputs, int shift) =>
        Assert.Contains(
            message,
            Assert.Throws<BadArgumentException>((Some.SmallNetwork with { Layers = [inputs, 12, 4], Shift = shift }).Validate).Message,
            StringComparison.Ordinal);

    private static (DramRange<byte> From, SramRange<byte> To)[] Loads(MockedDevice mocks) =>
    [
        .. mocks.Device.Cores[0].Dma.ReceivedCalls().Where(c => c.GetMethodInfo().Name == nameof(IDmaEngine.Load))
            .Select(c => ((DramRange<byte>)c.GetArguments()[0]!, (SramRange<byte>)c.GetArguments()[1]!)),
    ];
}
