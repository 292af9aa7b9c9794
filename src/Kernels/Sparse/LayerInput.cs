using System.Runtime.CompilerServices;

namespace NeuroHal.Kernels;

/// <summary>
/// How kernels read a layer's input: activations as floats, or a sample's 8-bit pixels as they are, which take a quarter
/// of the memory. Pixels count from 0 to 255, so a sum over them is scaled once at its end.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="byte"/>; decided when the kernel is compiled.</typeparam>
internal static class LayerInput<T>
    where T : struct
{
    /// <summary>What a sum over the input is to be multiplied by.</summary>
    public static float Scale
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsPixels ? 1f / 255 : 1;
    }

    /// <summary>How the kernels' machine code for this input is named.</summary>
    public static string Name => IsPixels ? "pixels" : "floats";

    private static bool IsPixels
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(byte)
            || (typeof(T) == typeof(float) ? false : throw new NotSupportedException($"A layer's input is float or byte, not {typeof(T)}."));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes>(ref T from)
        where TLanes : struct, ILanes<TLanes> =>
        IsPixels ? TLanes.Load(ref Unsafe.As<T, byte>(ref from)) : TLanes.Load(ref Unsafe.As<T, float>(ref from));
}
