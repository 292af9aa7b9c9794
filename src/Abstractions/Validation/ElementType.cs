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

    public static void RequireSameLength(string what, int source, int destination)
    {
        if (source != destination)
        {
            throw new BadArgumentException($"{what}: {source} elements into a range of {destination}.");
        }
    }
}
