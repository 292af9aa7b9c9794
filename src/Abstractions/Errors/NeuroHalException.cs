namespace NeuroHal;

/// <summary>
/// The root of every error NeuroHAL raises on purpose. Its children tell who must act; its message is one line that
/// says what happened, where, and what to do. Whatever it quotes, it is a <see cref="PrintableLine"/>.
/// </summary>
public abstract class NeuroHalException : Exception
{
    private protected NeuroHalException(string message, Exception? inner = null) : base(PrintableLine.Of(message), inner)
    {
    }
}

/// <summary>The caller asked for something illegal: a bad option, an index outside, a released buffer.</summary>
public class BadArgumentException(string message, Exception? inner = null) : NeuroHalException(message, inner);

/// <summary>The request is legal, but this device or backend cannot do it.</summary>
public class NotSupportedByDeviceException(string message) : NeuroHalException(message);

/// <summary>What was asked for does not fit the device.</summary>
public class CapacityExceededException(string message) : NeuroHalException(message);

/// <summary>The device failed while doing something legal.</summary>
public class DeviceFaultException(string message, Exception? inner = null) : NeuroHalException(message, inner);

/// <summary>A plugin could not be used; its author or whoever installed it must act.</summary>
public class BadPluginException(string message, Exception? inner = null) : NeuroHalException(message, inner);

/// <summary>Data from outside (a data set, a profile, a result) is not what its format promises.</summary>
public class BadDataException(string message, Exception? inner = null) : NeuroHalException(message, inner);
