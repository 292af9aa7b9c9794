namespace NeuroHal;

/// <summary>
/// A live device: cores with local memory, programmed in supersteps. The host runs one piece of program on each core,
/// then all meet at a barrier; that is deterministic, easy to read and how the chip is programmed.
/// </summary>
/// <remarks>
/// Not thread-safe: one caller at a time. The device itself may run its cores on several threads within a superstep.
/// Devices come from <see cref="IBackend.Open"/>; put a <see cref="ValidatingDevice"/> in front of them.
/// </remarks>
public interface IDevice : IAsyncDisposable
{
    /// <summary>What the device is and has.</summary>
    DeviceInfo Info { get; }

    /// <summary>The cores in use, by id from 0.</summary>
    IReadOnlyList<ICore> Cores { get; }

    /// <summary>External memory; of no capacity where the device has none.</summary>
    IDram Dram { get; }

    /// <summary>The link to the host.</summary>
    IHostLink Host { get; }

    /// <summary>What the counters count towards from now on. Starts as <see cref="Phase.Load"/>.</summary>
    Phase Phase { get; set; }

    /// <summary>Runs a piece of program on each core and brings all of them to a barrier.</summary>
    /// <param name="name">Shown in traces and errors.</param>
    /// <param name="body">
    /// The program, called once for each core, possibly on several threads at once: what it shares between cores must
    /// not be written to. An exception in it ends the superstep and is passed on.
    /// </param>
    void Superstep(string name, Action<ICore> body);

    /// <summary>Time, cycles, bytes and energy so far. Cheap enough to call often; changes nothing.</summary>
    DeviceCounters ReadCounters();

    /// <summary>
    /// Something this device can do beyond the contract, such as <see cref="IKernelProfile"/>, <see cref="ITimeline"/> or
    /// <see cref="IDeviceModel"/>; null where it cannot.
    /// </summary>
    TAbility? Find<TAbility>() where TAbility : class => this as TAbility;

    /// <summary>
    /// The device's own state (clocks, counters), opaque and versioned, to be taken between supersteps. The contents of
    /// memory are not part of it: the algorithm saves its buffers itself. Of transfers that are pending it holds when
    /// they will be done, not what they carry.
    /// </summary>
    ReadOnlyMemory<byte> SaveState();

    /// <summary>
    /// Takes back what <see cref="SaveState"/> gave: on the same device, which forgets what it counted since, or on one
    /// opened alike. Transfers that were pending then must be pending now, started again in the same order on each core; what
    /// starting them again took is forgotten with the rest.
    /// </summary>
    /// <exception cref="BadDataException">
    /// The state is damaged, of another version or of another device, or other transfers are pending.
    /// </exception>
    void RestoreState(ReadOnlyMemory<byte> state);
}
