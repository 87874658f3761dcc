using Mempulse.Primitives;

namespace Mempulse.Canon.Fencing;

/// <summary>Stores the durable number that decides who may write: a file on a single node, a database row in a cluster.</summary>
public interface IEpochStore
{
    /// <summary>Returns the highest epoch ever taken; 0 before the first.</summary>
    /// <remarks>Called after each commit, which waits for the answer; it should take microseconds.</remarks>
    Epoch Current();

    /// <summary>Sets the epoch to <paramref name="successor"/> if it still is <paramref name="expected"/>; durable when it returns true.</summary>
    bool TryAdvance(Epoch expected, Epoch successor);
}
