namespace NeuroHal.Kernels;

/// <summary>
/// Turns 8-bit pixels into activations from 0 to 1, and records one after the other into lanes side by side.
/// </summary>
/// <param name="Records">Samples, each its pixels and its label: [lanes][pixels + 1].</param>
/// <param name="Input">Activations, [pixels][lanes].</param>
/// <param name="Lanes">The samples worked on at once.</param>
/// <param name="Active">How many of them there are; the other lanes become 0.</param>
public readonly record struct PixelsToInput(
    SramBuffer<byte> Records, SramBuffer<float> Input, int Lanes, int Active) : IKernel
{
    private const float Scale = 1f / 255;

    private static readonly WorkCounts _perPixel =
        new WorkCounts { Load = 1, FloatConvert = 2, FloatMultiply = 1, Store = 1 } + Loops.PerIteration;

    private static readonly WorkCounts _perCleared = new WorkCounts { Store = 1 } + Loops.PerIteration;

    /// <inheritdoc/>
    public string Name => "pixels-to-input";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        Span<byte> records = sram.Span(Records);
        Span<float> input = sram.Span(Input);
        int lanes = Lanes;
        int pixels = input.Length / lanes;
        for (int lane = 0; lane < Active; lane++)
        {
            Span<byte> record = records.Slice(lane * (pixels + 1), pixels);
            int to = lane;
            foreach (byte pixel in record)
            {
                input[to] = pixel * Scale;
                to += lanes;
            }
        }
        for (int lane = Active; lane < lanes; lane++)
        {
            for (int to = lane; to < input.Length; to += lanes)
            {
                input[to] = 0;
            }
        }
        return (_perPixel * (pixels * (long)Active)) + (_perCleared * (pixels * (long)(lanes - Active)));
    }
}
