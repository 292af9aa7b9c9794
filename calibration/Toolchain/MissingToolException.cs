namespace NeuroHal.Calibration.Toolchain;

/// <summary>A tool that the calibration needs is not installed.</summary>
internal sealed class MissingToolException(string tool, string package)
    : BadArgumentException($"{tool} is not installed; it is in Debian's package {package}.");
