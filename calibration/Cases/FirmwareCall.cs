using System.Runtime.CompilerServices;
using NeuroHal.Kernels;

namespace NeuroHal.Calibration.Cases;

/// <summary>A kernel's number and arguments as <c>calls.c</c> takes them: numbers as they are, buffers by their offset.</summary>
internal sealed class FirmwareCall(FirmwareKernel kernel)
{
    /// <summary>Arguments that the harness has room for.</summary>
    public const int Room = 64;

    private const uint Absent = uint.MaxValue;

    private readonly List<uint> _arguments = [];
    private readonly List<SparseMatrix> _layers = [];
    private readonly List<RandomUse> _random = [];

    public FirmwareKernel Kernel => kernel;

    public IReadOnlyList<uint> Arguments => _arguments;

    /// <summary>The layers among the arguments.</summary>
    public IReadOnlyList<SparseMatrix> Layers => _layers;

    /// <summary>What random words are drawn from; none where none are.</summary>
    public IReadOnlyList<RandomUse> Random => _random;

    /// <summary>The one place where kernels here and in the firmware meet.</summary>
    public static FirmwareCall Of<TKernel>(TKernel kernel)
        where TKernel : struct, IKernel =>
        kernel switch
        {
            Relu k => new FirmwareCall(FirmwareKernel.Relu).Buffer(k.Values).Number(k.Values.Length),
            SumErrors k => new FirmwareCall(FirmwareKernel.SumErrors)
                .Buffer(k.Error).Number(k.Error.Length).Buffer(k.Parts).Number(k.Parts.Length / k.Error.Length).Buffer(k.Activation),
            SoftmaxCrossEntropy k => new FirmwareCall(FirmwareKernel.SoftmaxCrossEntropy)
                .Buffer<float>(k.Sums).Number(k.Sums.Length / k.Shape.Lanes).Buffer<byte>(k.Records).Buffer<float>(k.Error)
                .Buffer<Tally>(k.Tally).Shape(k.Shape).Real(k.Scale),
            Classify k => new FirmwareCall(FirmwareKernel.Classify)
                .Buffer<float>(k.Sums).Number(k.Sums.Length / k.Shape.Lanes).Buffer<byte>(k.Records).Buffer<Tally>(k.Tally).Shape(k.Shape),
            InterleavePixels k => new FirmwareCall(FirmwareKernel.InterleavePixels)
                .Buffer<byte>(k.Records).Buffer<byte>(k.Input).Number(k.Input.Length / k.Lanes).Number(k.Lanes).Number(k.Active),
            FillNormal k => new FirmwareCall(FirmwareKernel.FillNormal)
                .Buffer<float>(k.Destination).Number(k.Destination.Length).Draw(k.Streams, RandomStreams.WordsPerNormal).Real(k.Deviation),
            FillUniform k => new FirmwareCall(FirmwareKernel.FillUniform)
                .Buffer<float>(k.Destination).Number(k.Destination.Length).Draw(k.Streams, 1),
            InitialiseTheta k => new FirmwareCall(FirmwareKernel.InitialiseTheta)
                .Layer(k.Layer).Draw(k.Streams, RandomStreams.WordsPerNormal).Real(k.Deviation),
            PruneNegative k => new FirmwareCall(FirmwareKernel.PruneNegative).Layer(k.Layer),
            PruneSmallest k => new FirmwareCall(FirmwareKernel.PruneSmallest).Layer(k.Layer).Real(k.Fraction),
            InsertAtFree k => new FirmwareCall(FirmwareKernel.InsertAtFree)
                .Layer(k.Layer).Draw(k.Random, 1).Buffer<uint>(k.Scratch).Number(k.Scratch.Length),
            SparseForward<float> k => Forward(FirmwareKernel.SparseForward, k),
            SparseForward<byte> k => Forward(FirmwareKernel.SparseForwardPixels, k),
            SparseBackward k => new FirmwareCall(FirmwareKernel.SparseBackward)
                .Layer(k.Layer).Buffer(k.OutputError).Buffer(k.InputError).Number(k.Lanes),
            SparseGradient<float> k => Gradient(FirmwareKernel.SparseGradient, k),
            SparseGradient<byte> k => Gradient(FirmwareKernel.SparseGradientPixels, k),
            SparseUpdate<float> k => Update(FirmwareKernel.SparseUpdate, k),
            SparseUpdate<byte> k => Update(FirmwareKernel.SparseUpdatePixels, k),
            _ => throw new BadArgumentException($"calls.c has no kernel '{kernel.Name}'."),
        };

    public FirmwareCall Number(int value) => Add((uint)value);

    public FirmwareCall Real(float value) => Add(BitConverter.SingleToUInt32Bits(value));

    /// <summary>Where elements of a buffer start; what was left out is told apart.</summary>
    public FirmwareCall Buffer<T>(SramRange<T> range)
        where T : struct =>
        Add(range.Buffer.IsPresent ? (uint)(range.Buffer.Offset + (range.Start * Unsafe.SizeOf<T>())) : Absent);

    public FirmwareCall Layer(SparseMatrix layer)
    {
        _layers.Add(layer);
        return Number(layer.Inputs).Number(layer.Outputs).Number(layer.Capacity)
            .Buffer<ushort>(layer.Rows).Buffer<ushort>(layer.Columns).Buffer<float>(layer.Theta).Buffer<uint>(layer.Signs)
            .Buffer<ConnectionCount>(layer.Count).Buffer<float>(layer.Velocity).Buffer<float>(layer.Gradient);
    }

    public FirmwareCall Shape(BatchShape shape) => Number(shape.Pixels).Number(shape.Lanes).Number(shape.Active);

    public FirmwareCall Step(LearningStep step) => Real(step.Rate).Real(step.L1).Real(step.Momentum).Real(step.Noise);

    /// <summary>State of random streams, so many words from the one whose turn it is.</summary>
    public FirmwareCall Draw(SramBuffer<uint> state, int wordsPerNumber)
    {
        _random.Add(new RandomUse(state, wordsPerNumber));
        return Buffer<uint>(state);
    }

    private static FirmwareCall Forward<T>(FirmwareKernel number, SparseForward<T> k)
        where T : struct =>
        new FirmwareCall(number).Layer(k.Layer).Buffer(k.Input).Buffer(k.Output).Number(k.Lanes);

    private static FirmwareCall Gradient<T>(FirmwareKernel number, SparseGradient<T> k)
        where T : struct =>
        new FirmwareCall(number).Layer(k.Layer).Buffer(k.OutputError).Buffer(k.Input).Number(k.Lanes);

    private static FirmwareCall Update<T>(FirmwareKernel number, SparseUpdate<T> k)
        where T : struct
    {
        bool stored = k.Layer.Gradient.IsPresent;
        FirmwareCall call = new FirmwareCall(stored ? FirmwareKernel.SparseUpdateStored : number).Layer(k.Layer).Step(LearningStep.Of(k));
        call = stored ? call : call.Buffer(k.OutputError).Buffer(k.Input).Number(k.Lanes);
        return k.Noise > 0 ? call.Draw(k.Streams, RandomStreams.WordsPerNormal) : call.Buffer<uint>(k.Streams);
    }

    private FirmwareCall Add(uint word)
    {
        _arguments.Add(word);
        return this;
    }
}

/// <summary>The constants of a step of learning.</summary>
internal readonly record struct LearningStep(float Rate, float L1, float Momentum, float Noise)
{
    public static LearningStep Of<T>(SparseUpdate<T> kernel)
        where T : struct =>
        new(kernel.Rate, kernel.L1, kernel.Momentum, kernel.Noise);
}
