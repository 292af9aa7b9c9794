using NeuroHal;
using NeuroHal.Kernels;

namespace WideMac;

/// <summary>What the array did.</summary>
/// <param name="Macs">Multiply-accumulates.</param>
/// <param name="Bytes">Read and written in SRAM.</param>
/// <param name="Cycles">How long it took.</param>
internal readonly record struct ArrayWork(long Macs, long Bytes, long Cycles);

/// <summary>
/// The array of multipliers: recognises the kernels that it can run by their type, and charges for them by its own rule, so
/// many results a cycle, instead of a processor's operations.
/// </summary>
internal sealed class MacArray(Profile profile)
{
    private readonly long _width = (long)profile["array.width"].Value;
    private readonly long _fill = (long)profile["array.fill"].Value;

    /// <summary>Runs a kernel natively.</summary>
    /// <returns>What it took, or null where the kernel is not one of the array's.</returns>
    public ArrayWork? TryRun<TKernel>(TKernel kernel, SramView sram) where TKernel : struct, IKernel
    {
        // The compiler knows TKernel: of these lines one remains, or none, and nothing is boxed.
        if (typeof(TKernel) == typeof(SparseForward<float>))
        {
            var forward = (SparseForward<float>)(object)kernel;
            return Charge(NativeForward.Activations(forward, sram), forward.Layer.Outputs, forward.Lanes, sizeof(float));
        }
        if (typeof(TKernel) == typeof(SparseForward<byte>))
        {
            var forward = (SparseForward<byte>)(object)kernel;
            return Charge(NativeForward.Pixels(forward, sram), forward.Layer.Outputs, forward.Lanes, sizeof(byte));
        }
        if (typeof(TKernel) == typeof(Relu))
        {
            int values = NativeRelu.Run((Relu)(object)kernel, sram);
            return new ArrayWork(0, 2L * sizeof(float) * values, Cycles(values));
        }
        return null;
    }

    private ArrayWork Charge(int connections, int outputs, int lanes, int inputBytes)
    {
        long macs = (long)connections * lanes;
        // A connection's two indices, theta and sign once; an input for each product; a sum for each output.
        long bytes = (connections * 8L) + (connections / 8) + (macs * inputBytes) + ((long)outputs * lanes * sizeof(float));
        return new ArrayWork(macs, bytes, Cycles(macs));
    }

    private long Cycles(long results) => _fill + ((results + _width - 1) / _width);
}
