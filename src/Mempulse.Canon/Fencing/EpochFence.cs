using Mempulse.Primitives;

namespace Mempulse.Canon.Fencing;

/// <summary>One writer's epoch, and the check that it still holds.</summary>
internal sealed class EpochFence(IEpochStore store, Epoch epoch)
{
    /// <summary>The writer's epoch.</summary>
    public Epoch Epoch => epoch;

    /// <summary>Returns if the epoch still holds.</summary>
    /// <exception cref="LogFencedException">Another writer has taken a later epoch.</exception>
    public void Check()
    {
        var current = store.Current();
        if (current != epoch)
        {
            throw new LogFencedException(epoch, current);
        }
    }
}
