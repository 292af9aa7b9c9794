using System.Runtime.CompilerServices;

namespace NeuroHal;

internal static class ElementType
{
    public static void RequirePlain<T>(string what) where T : struct
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            throw new BadArgumentException($"{what}: {typeof(T).Name} holds references; device memory holds plain values.");
        }
    }

    public static BadArgumentException DifferentLength(string what, int source, int destination) =>
        new($"{what}: {source} elements into a range of {destination}.");
}
