using Mempulse.Primitives;

namespace Mempulse.Canon.Fencing;

/// <summary>One writer's term, and the question whether it still holds.</summary>
internal sealed class EpochFence(IEpochStore store, Epoch epoch)
{
    /// <summary>The term.</summary>
    public Epoch Epoch => epoch;

    /// <summary>Returns if the term still holds.</summary>
    /// <exception cref="LogFencedException">It does not.</exception>
    public void Check()
    {
        var current = store.Current();
        if (current != epoch)
        {
            throw new LogFencedException(epoch, current);
        }
    }
}
