namespace NeuroHal.Backends.Tests;

/// <summary>A kernel that does nothing and says it did this.</summary>
internal readonly record struct WorkKernel(WorkCounts Work) : IKernel
{
    public string Name => "work";

    public WorkCounts Run(SramView sram) => Work;
}
