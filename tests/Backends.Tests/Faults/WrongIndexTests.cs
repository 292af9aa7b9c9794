using CsCheck;
using NeuroHal.Kernels;

namespace NeuroHal.Backends.Tests.Faults;

/// <summary>
/// Whatever rows, columns, signs and counts hold, a kernel stays within its buffers: it reads vectors at indices from
/// memory, and a vector that began inside and ended outside would be seen by nobody.
/// </summary>
public sealed class WrongIndexTests
{
    private const int Inputs = 20;
    private const int Outputs = 12;
    private const int Connections = 70;
    private const byte Guard = 0xA5;

    [Fact]
    public void A_kernel_led_by_any_index_changes_nothing_but_its_own_buffers()
    {
        int ended = 0;
        int derailed = 0;
        var indices = Gen.OneOf(Gen.Int[0, 25], Gen.Int[0, 65_535]).Select(i => (ushort)i).Array[Connections];
        var counts = Gen.OneOf(Gen.Int[0, Connections], Gen.Int);
        Gen.Select(Choice.Of(1, 2, 3, 4, 8, 12, 16, 24, 32), indices, indices, counts, Gen.Int[0, 7]).Sample(
            (lanes, rows, columns, count, kernel) =>
            {
                using var run = new FaultyRun(null);
                var memory = new Memory(run, lanes, rows, columns, count);
                try
                {
                    run.Device.Superstep("step", core => memory.Run(core, kernel));
                    Interlocked.Increment(ref ended);
                }
                catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or ArithmeticException or InvalidOperationException)
                {
                    Interlocked.Increment(ref derailed);
                }
                return memory.GuardsHold();
            },
            iter: 1000);
        Assert.True(ended > 50 && derailed > 50, $"{ended} ended, {derailed} derailed");
    }

    [Fact]
    public void A_random_stream_of_zeros_is_found_instead_of_waited_for()
    {
        using var run = new FaultyRun(null);
        var memory = new Memory(run, 1, new ushort[Connections], new ushort[Connections], 0, random: 0);
        Assert.Throws<InvalidOperationException>(() => run.Device.Superstep("step", core => memory.Run(core, 7)));
    }

    /// <summary>A layer and what goes in and out of it, with a guard behind each buffer.</summary>
    private sealed class Memory
    {
        private readonly FaultyRun _run;
        private readonly int _lanes;
        private readonly List<SramBuffer<byte>> _guards = [];
        private readonly SparseMatrix _layer;
        private readonly SramBuffer<float> _input;
        private readonly SramBuffer<byte> _pixels;
        private readonly SramBuffer<float> _inputError;
        private readonly SramBuffer<float> _output;
        private readonly SramBuffer<uint> _streams;
        private readonly SramBuffer<uint> _random;
        private readonly SramBuffer<uint> _scratch;

        public Memory(FaultyRun run, int lanes, ushort[] rows, ushort[] columns, int count, uint random = 12345)
        {
            (_run, _lanes) = (run, lanes);
            _layer = new SparseMatrix
            {
                Inputs = Inputs,
                Outputs = Outputs,
                Rows = Allocate(rows),
                Columns = Allocate(columns),
                Theta = Allocate(Enumerable.Repeat(0.5f, Connections).ToArray()),
                Signs = Allocate(new uint[SparseMatrix.SignWords(Connections)]),
                Count = Allocate(new[] { new ConnectionCount(count, count) }),
                Velocity = Allocate(new float[Connections]),
                Gradient = Allocate(new float[Connections]),
            };
            _input = Allocate(Enumerable.Repeat(1f, Inputs * lanes).ToArray());
            _pixels = Allocate(Enumerable.Repeat((byte)9, Inputs * lanes).ToArray());
            _inputError = Allocate(new float[Inputs * lanes]);
            _output = Allocate(Enumerable.Repeat(2f, Outputs * lanes).ToArray());
            _streams = Allocate(Enumerable.Repeat(random, RandomStreams.StateWords).ToArray());
            _random = Allocate(Enumerable.Repeat(random, Xoshiro128.StateWords).ToArray());
            _scratch = Allocate(new uint[8]);
        }

        public void Run(ICore core, int kernel)
        {
            switch (kernel)
            {
                case 0:
                    core.Run(new SparseForward<float>(_layer, _input, _output, _lanes));
                    break;
                case 1:
                    core.Run(new SparseForward<byte>(_layer, _pixels, _output, _lanes));
                    break;
                case 2:
                    core.Run(new SparseBackward(_layer, _output, _inputError, _lanes));
                    break;
                case 3:
                    core.Run(new SparseGradient<float>(_layer, _output, _input, _lanes));
                    break;
                case 4:
                    core.Run(new SparseUpdate<byte>
                    {
                        Layer = _layer with { Gradient = default },
                        OutputError = _output,
                        Input = _pixels,
                        Lanes = _lanes,
                        Rate = 1,
                        Noise = 0.1f,
                        Streams = _streams,
                    });
                    break;
                case 5:
                    core.Run(new PruneNegative(_layer));
                    break;
                case 6:
                    core.Run(new PruneSmallest(_layer, 0.3f));
                    break;
                default:
                    core.Run(new InsertAtFree(_layer, _random, _scratch));
                    break;
            }
        }

        public bool GuardsHold()
        {
            var seen = new byte[64];
            return _guards.TrueForAll(guard =>
            {
                _run.Device.Host.Read<byte>(guard, seen);
                return seen.AsSpan().IndexOfAnyExcept(Guard) < 0;
            });
        }

        private SramBuffer<T> Allocate<T>(T[] content)
            where T : struct
        {
            ISram sram = _run.Device.Cores[0].Sram;
            SramBuffer<T> buffer = sram.Allocate<T>("buffer", content.Length);
            _run.Device.Host.Write<T>(content, buffer);
            SramBuffer<byte> guard = sram.Allocate<byte>("guard", 64);
            _run.Device.Host.Write<byte>(Enumerable.Repeat(Guard, 64).ToArray(), guard);
            _guards.Add(guard);
            return buffer;
        }
    }
}
