using Mempulse.Primitives;

namespace Mempulse.Canon.Fencing;

/// <summary>The one durable number that says who may write: a file on one node, a row of a database in a cluster.</summary>
public interface IEpochStore
{
    /// <summary>The highest term ever taken; 0 before the first.</summary>
    /// <remarks>Called after each commit, so it costs microseconds, or the store waits for its database here.</remarks>
    Epoch Current();

    /// <summary>Sets the term to <paramref name="successor"/> if it still is <paramref name="expected"/>; durable when it returns true.</summary>
    bool TryAdvance(Epoch expected, Epoch successor);
}
