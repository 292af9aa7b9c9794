namespace NeuroHal.DeepR.Training;

/// <summary>Carries buffers between a device and a saved state, one after the other; those that are not there carry nothing.</summary>
internal interface IStateCarrier
{
    /// <summary>The next buffer of a core's SRAM.</summary>
    void Carry<T>(SramBuffer<T> buffer) where T : struct;

    /// <summary>The next buffer of external memory.</summary>
    void Carry<T>(DramBuffer<T> buffer) where T : struct;
}
