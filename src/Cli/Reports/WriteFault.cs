namespace NeuroHal.Cli.Reports;

/// <summary>Why a result could not be written: its place cannot be, which is wrong usage, or the disk would not take it, which is a failure.</summary>
internal static class WriteFault
{
    /// <summary>The error to tell.</summary>
    /// <param name="what">What could not be written.</param>
    /// <param name="why">What the system says.</param>
    public static Exception Of(string what, Exception why)
    {
        string message = $"{what} cannot be written: {why.Message}";
        return why is DirectoryNotFoundException or PathTooLongException or UnauthorizedAccessException or ArgumentException
            ? new BadArgumentException(message, why)
            : new IOException(message, why);
    }
}
