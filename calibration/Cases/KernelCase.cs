namespace NeuroHal.Calibration.Cases;

/// <summary>A kernel with contents to run it on.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Shape">What tells it from the kernel's other cases.</param>
/// <param name="Prepare">Fills SRAM and runs the kernel.</param>
internal sealed record KernelCase(string Kernel, string Shape, Action<Workbench, Contents> Prepare)
{
    public string Name => $"{Kernel}/{Shape}";

    public bool IsCalled(string name) =>
        name.Length == 0 || Kernel.Equals(name, StringComparison.OrdinalIgnoreCase) || Name.StartsWith(name, StringComparison.OrdinalIgnoreCase);
}
