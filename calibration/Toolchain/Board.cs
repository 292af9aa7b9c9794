namespace NeuroHal.Calibration.Toolchain;

/// <summary>Runs firmware on QEMU's board and takes down which instructions it executes.</summary>
/// <param name="Firmware">The firmware.</param>
/// <param name="Plugin">QEMU's plugin.</param>
/// <param name="Folder">Where the firmware reads and writes its files.</param>
internal sealed record Board(Firmware Firmware, string Plugin, TemporaryFolder Folder)
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(5);

    public string Trace => Folder.File("trace.bin");

    public string Cases => Folder.File("cases.bin");

    public string Results => Folder.File("results.bin");

    public void Run() => Tool.Emulator.Run(
        Folder.Path,
        _limit,
        "-M", "mps2-an386", "-nographic", "-semihosting-config", "enable=on,target=native",
        "-plugin", $"{Plugin},to={Trace}", "-kernel", Firmware.Elf);
}
