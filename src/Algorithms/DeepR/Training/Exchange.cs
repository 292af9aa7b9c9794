using NeuroHal.DeepR.Planning;

namespace NeuroHal.DeepR.Training;

/// <summary>
/// What a core sends the others over the NoC: activations of its own neurons to all of them, and its parts of the errors
/// of their neurons to each. They hold it from the next barrier on.
/// </summary>
internal sealed class Exchange(NetworkShare[] shares, int self)
{
    private readonly DmaTransfer[] _pending = new DmaTransfer[shares.Length];
    private int _started;

    /// <summary>Gives every other core this core's part of a layer's activations.</summary>
    public void Gather(ICore core, int layer)
    {
        NetworkShare own = shares[self];
        foreach (NetworkShare other in shares)
        {
            if (other != own)
            {
                _pending[_started++] = core.Dma.Send(
                    own.Own(layer, own.Activations[layer]), own.Own(layer, other.Activations[layer]));
            }
        }
    }

    /// <summary>Gives every other core this core's parts of the errors of that core's neurons.</summary>
    public void Reduce(ICore core, int layer)
    {
        NetworkShare own = shares[self];
        foreach (NetworkShare other in shares)
        {
            if (other != own)
            {
                _pending[_started++] = core.Dma.Send(other.Own(layer, own.Errors[layer]), other.PartFrom(layer, self));
            }
        }
    }

    /// <summary>Whether something is on its way.</summary>
    public bool IsPending => _started > 0;

    /// <summary>Waits for what was started before the last barrier, which has arrived by now.</summary>
    public void Complete(ICore core)
    {
        for (int i = 0; i < _started; i++)
        {
            core.Dma.Wait(_pending[i]);
        }
        _started = 0;
    }
}
