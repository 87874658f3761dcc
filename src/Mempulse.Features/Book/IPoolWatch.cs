using Mempulse.Primitives;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Book;

/// <summary>What a watcher of the chain has to read for the book. Confined to the fold's thread.</summary>
public interface IPoolWatch
{
    /// <summary>The block at which pools are to be read: the last one whose events were applied, so that all have the state of one block. Null before the first.</summary>
    ChainBlock? At { get; }

    /// <summary>Number of pools that are to be read.</summary>
    int WantedCount { get; }

    /// <summary>Readings that came too late or for nothing.</summary>
    ulong NotTaken { get; }

    /// <summary>Pools that are to be read, those that were asked for last first.</summary>
    IReadOnlyList<WantedPool> Wanted(int most);

    /// <summary>Pools to hold against the chain at its head: others at each block. None while the book is not at that block.</summary>
    IReadOnlyList<PoolSample> Samples(in Hash256 head, int most);
}
