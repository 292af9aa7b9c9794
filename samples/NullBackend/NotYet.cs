using NeuroHal;

namespace NullBackend;

/// <summary>How a device refuses: an error of the contract's own, that says what is missing.</summary>
internal static class NotYet
{
    public static NotSupportedByDeviceException Implemented(string member, string promise) =>
        new($"NullBackend: {member} is yet to be written; {promise}.");
}
