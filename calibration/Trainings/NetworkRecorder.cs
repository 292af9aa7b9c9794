using System.Runtime.InteropServices;
using NeuroHal.Calibration.Cases;
using NeuroHal.DeepR;
using NeuroHal.Kernels;

namespace NeuroHal.Calibration.Trainings;

/// <summary>
/// Sees the kernels of a training and keeps what the firmware needs for the same: where the network's buffers are, its
/// constants, the samples in the order in which they were trained on, and the random words.
/// </summary>
internal sealed class NetworkRecorder
{
    private const int LayerCount = 3;

    private readonly List<uint> _words = [];
    private readonly List<byte> _records = [];
    private readonly List<SparseMatrix> _layers = [];
    private readonly List<float> _deviations = [];
    private readonly Dictionary<SramBuffer<uint>, uint[]> _states = [];
    private readonly SramRange<float>[] _activations = new SramRange<float>[LayerCount];
    private readonly SramRange<float>[] _errors = new SramRange<float>[LayerCount];
    private SramBuffer<uint> _noise;
    private SramBuffer<uint> _rewiring;
    private SramBuffer<uint> _scratch;
    private SramBuffer<Tally> _tally;
    private LearningStep _step;
    private WorkCounts _work;
    private int _samples;

    /// <summary>Runs a kernel and looks at it.</summary>
    public WorkCounts Run<TKernel>(TKernel kernel, SramView sram)
        where TKernel : struct, IKernel
    {
        Note(kernel, sram);
        IReadOnlyList<RandomUse> uses = FirmwareCall.Of(kernel).Random;
        var states = new uint[uses.Count][];
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = [.. sram.Span(uses[i].State)];
        }
        WorkCounts work = kernel.Run(sram);
        _work += work;
        foreach ((RandomUse use, uint[] state) in uses.Zip(states))
        {
            _states.TryAdd(use.State, state);
            _words.AddRange(use.Words(state, work.RandomWord));
        }
        return work;
    }

    /// <summary>All that was recorded, as a run of the firmware's training.</summary>
    /// <param name="device">The device, to read what training left in SRAM.</param>
    /// <param name="options">What it was trained by.</param>
    /// <param name="cycles">What it took.</param>
    public KernelRun ToRun(IDevice device, TrainingOptions options, long cycles)
    {
        // Behind the core's SRAM: on the chip the samples are in external memory.
        int records = (int)device.Info.SramPerCore.Count;
        var call = new FirmwareCall(FirmwareKernel.DeepR);
        foreach (SparseMatrix layer in _layers)
        {
            call.Layer(layer);
        }
        for (int i = 0; i < LayerCount; i++)
        {
            call.Buffer(_activations[i]).Buffer(_errors[i]);
        }
        call.Number(records).Buffer<Tally>(_tally)
            .Draw(_noise, RandomStreams.WordsPerNormal).Draw(_rewiring, 1)
            .Buffer<uint>(_scratch).Number(_scratch.Length).Step(_step);
        _deviations.ForEach(d => call.Real(d));
        call.Number(options.Rewiring.Every!.Value).Number(_samples);

        var before = new byte[(records + _records.Count + sizeof(uint) - 1) / sizeof(uint) * sizeof(uint)];
        CollectionsMarshal.AsSpan(_records).CopyTo(before.AsSpan(records));
        byte[] after = [.. before];
        foreach ((SramBuffer<uint> buffer, uint[] state) in _states)
        {
            MemoryMarshal.AsBytes(state.AsSpan()).CopyTo(before.AsSpan(buffer.Offset));
        }
        CopyNetwork(new SramImage(device.Host, after));
        return new KernelRun(call, before, after, _work, cycles, _words);
    }

    private void CopyNetwork(SramImage image)
    {
        foreach (SparseMatrix layer in _layers)
        {
            image.Copy<ushort>(layer.Rows);
            image.Copy<ushort>(layer.Columns);
            image.Copy<float>(layer.Theta);
            image.Copy<uint>(layer.Signs);
            image.Copy<ConnectionCount>(layer.Count);
        }
        for (int i = 0; i < LayerCount; i++)
        {
            image.Copy(_activations[i]);
            image.Copy(_errors[i]);
        }
        image.Copy<Tally>(_tally);
        image.Copy<uint>(_noise);
        image.Copy<uint>(_rewiring);
        image.Copy<uint>(_scratch);
    }

    private void Note(object kernel, SramView sram)
    {
        switch (kernel)
        {
            case InsertAtFree k when !_layers.Contains(k.Layer):
                _layers.Add(k.Layer);
                (_rewiring, _scratch) = (k.Random, k.Scratch);
                break;
            case InitialiseTheta k:
                _deviations.Add(k.Deviation);
                _noise = k.Streams;
                break;
            case SparseForward<byte> k:
                _activations[_layers.IndexOf(k.Layer)] = k.Output;
                break;
            case SparseForward<float> k:
                _activations[_layers.IndexOf(k.Layer)] = k.Output;
                break;
            case SoftmaxCrossEntropy k:
                (_tally, _errors[^1]) = (k.Tally, k.Error);
                _records.AddRange(sram.Span(k.Records));
                _samples++;
                break;
            case SparseBackward k:
                _errors[_layers.IndexOf(k.Layer) - 1] = k.InputError;
                break;
            case SparseUpdate<byte> k:
                _step = LearningStep.Of(k);
                break;
            default:
                break;
        }
    }
}
