using System.Globalization;
using NeuroHal.Kernels;

namespace NeuroHal.Calibration.Cases;

/// <summary>The kernels that go through a layer: forward, backward, gradient and update.</summary>
internal static class LayerCases
{
    // What the published experiment and the preset for wide processors learn with.
    private static readonly LearningStep _paper = new(0.05f, 1e-5f, 0, 3e-4f);
    private static readonly LearningStep _fast = new(0.05f, 1e-3f, 0.9f, 0);

    private const int Drawn = 4;

    // The share of MNIST's pixels that are dark.
    private const double Dark = 0.81;

    public static IEnumerable<KernelCase> Forward(Contents sizes) =>
        Cases("sparse-forward", Activations(sizes), (bench, contents, layer, s) => bench.Execute(new SparseForward<float>(
            layer, Input(bench, contents, s), bench.Empty<float>("output", layer.Outputs * s.Lanes), s.Lanes)));

    public static IEnumerable<KernelCase> ForwardPixels(Contents sizes) =>
        Cases("sparse-forward-pixels", Pixels(sizes), (bench, contents, layer, s) => bench.Execute(new SparseForward<byte>(
            layer, PixelInput(bench, contents, s), bench.Empty<float>("output", layer.Outputs * s.Lanes), s.Lanes)));

    public static IEnumerable<KernelCase> Backward(Contents sizes) =>
        Cases("sparse-backward", Activations(sizes), (bench, contents, layer, s) => bench.Execute(new SparseBackward(
            layer, Error(bench, contents, s, s.Zero), bench.Empty<float>("input error", layer.Inputs * s.Lanes), s.Lanes)));

    public static IEnumerable<KernelCase> Gradient(Contents sizes) =>
        Cases("sparse-gradient", WithGradient(Activations(sizes)), (bench, contents, layer, s) => bench.Execute(new SparseGradient<float>(
            layer, Error(bench, contents, s, 0), Input(bench, contents, s), s.Lanes)));

    public static IEnumerable<KernelCase> GradientPixels(Contents sizes) =>
        Cases("sparse-gradient-pixels", WithGradient(Pixels(sizes)), (bench, contents, layer, s) => bench.Execute(new SparseGradient<byte>(
            layer, Error(bench, contents, s, 0), PixelInput(bench, contents, s), s.Lanes)));

    public static IEnumerable<KernelCase> Update(Contents sizes) =>
        Cases("sparse-update", Learning(Activations(sizes), sizes), (bench, contents, layer, s) => bench.Execute(
            Step(bench, contents, layer, s, Input(bench, contents, s))));

    public static IEnumerable<KernelCase> UpdatePixels(Contents sizes) =>
        Cases("sparse-update-pixels", Learning(Pixels(sizes), sizes), (bench, contents, layer, s) => bench.Execute(
            Step(bench, contents, layer, s, PixelInput(bench, contents, s))));

    public static IEnumerable<KernelCase> UpdateStored(Contents sizes) =>
        Cases("sparse-update-stored", WithGradient(Stored(sizes)), (bench, contents, layer, s) => bench.Execute(
            Step(bench, contents, layer, s, Input(bench, contents, s))));

    private static IEnumerable<LayerUse> Activations(Contents sizes) =>
    [
        new(LayerShape.Second, 1, 0.5),
        new(LayerShape.Third, 16, 0.4),
        new(LayerShape.Small, 3, 0.5),
        new(LayerShape.Third, 1, 0.4),
        new(LayerShape.Second, 16, 0.5),
        new(LayerShape.Second, 4, 0.5),
        new(LayerShape.Second, 8, 0.5),
        new(LayerShape.Third, 6, 0.4),
        new(LayerShape.Small, 32, 0.5),
        new(LayerShape.Dense, 1, 0.5),
        new(LayerShape.Second, 1, 0),
        new(LayerShape.Second, 1, 1),
        new(LayerShape.Second with { Connections = 450 }, 1, 0.5),
        .. Draw(sizes),
    ];

    private static IEnumerable<LayerUse> Pixels(Contents sizes) =>
    [
        new(LayerShape.First, 1, Dark),
        new(LayerShape.Small, 16, Dark),
        new(LayerShape.Small, 3, 0.5),
        new(LayerShape.First, 16, Dark),
        new(LayerShape.First, 8, Dark),
        new(LayerShape.First, 4, Dark),
        new(LayerShape.First, 6, Dark),
        new(LayerShape.Dense, 1, 0.5),
        new(LayerShape.Small, 32, 0.5),
        .. Draw(sizes),
    ];

    private static IEnumerable<LayerUse> Stored(Contents sizes) =>
    [
        new(LayerShape.Second with { Velocity = true }, 4, 0) { Step = _fast },
        new(LayerShape.Third, 4, 0) { Step = _paper },
        new(LayerShape.Small, 4, 0) { Step = _paper with { Noise = 0 } },
        new(LayerShape.First with { Velocity = true }, 4, 0) { Step = _fast },
        new(LayerShape.Second with { Velocity = true }, 4, 0) { Step = _fast with { Noise = 1e-3f } },
        .. Learning(Draw(sizes), sizes),
    ];

    private static IEnumerable<LayerUse> Draw(Contents sizes) =>
        Enumerable.Range(0, Drawn).Select(_ => new LayerUse(LayerShape.Drawn(sizes), sizes.Pick(1, 1, 2, 4, 5, 8, 12, 16), sizes.Share()));

    private static IEnumerable<LayerUse> WithGradient(IEnumerable<LayerUse> uses) =>
        uses.Select(u => u with { Layer = u.Layer with { Gradient = true } });

    /// <summary>With and without velocity, with and without noise; the published experiment's first.</summary>
    private static IEnumerable<LayerUse> Learning(IEnumerable<LayerUse> uses, Contents sizes) =>
    [
        .. uses.SelectMany((u, i) => i switch
        {
            0 => [Plain(u), Fast(u), u with { Step = _paper with { Noise = 0 } }],
            1 => [Fast(u), Plain(u)],
            _ => (LayerUse[])[sizes.Either() ? Plain(u) : Fast(u) with { Step = _fast with { Noise = sizes.Either() ? 1e-3f : 0 } }],
        }),
    ];

    private static LayerUse Plain(LayerUse use) => use with { Step = _paper };

    private static LayerUse Fast(LayerUse use) => use with { Layer = use.Layer with { Velocity = true }, Step = _fast };

    private static SramBuffer<float> Input(Workbench bench, Contents contents, LayerUse use) =>
        bench.Place("input", contents.Activations(use.Layer.Inputs * use.Lanes, use.Zero));

    private static SramBuffer<byte> PixelInput(Workbench bench, Contents contents, LayerUse use) =>
        bench.Place("input", contents.Pixels(use.Layer.Inputs * use.Lanes, use.Zero));

    private static SramBuffer<float> Error(Workbench bench, Contents contents, LayerUse use, double zero) =>
        bench.Place("error", contents.Errors(use.Layer.Outputs * use.Lanes, zero));

    private static SparseUpdate<T> Step<T>(Workbench bench, Contents contents, SparseMatrix layer, LayerUse use, SramBuffer<T> input)
        where T : struct => new()
        {
            Layer = layer,
            OutputError = Error(bench, contents, use, 0),
            Input = input,
            Lanes = use.Lanes,
            Rate = use.Step.Rate,
            L1 = use.Step.L1,
            Momentum = use.Step.Momentum,
            Noise = use.Step.Noise,
            Streams = use.Step.Noise > 0 ? bench.Streams(contents) : default,
        };

    private static IEnumerable<KernelCase> Cases(
        string kernel, IEnumerable<LayerUse> uses, Action<Workbench, Contents, SparseMatrix, LayerUse> execute) =>
        uses.Select(use => new KernelCase(kernel, use.ToString(), (bench, contents) => execute(bench, contents, bench.Layer(use.Layer, contents), use)));

    /// <summary>A layer, and what goes through it.</summary>
    private sealed record LayerUse(LayerShape Layer, int Lanes, double Zero)
    {
        public LearningStep Step { get; init; }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Layer}, {Lanes} lane{(Lanes == 1 ? "" : "s")}, {Zero:0.00} zero{(Step.Noise > 0 ? ", noise" : "")}");
    }
}
