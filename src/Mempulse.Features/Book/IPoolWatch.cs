using Mempulse.Primitives;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Book;

/// <summary>What a watcher of the chain has to read for the book, and what the book left out. Confined to the fold's thread.</summary>
public interface IPoolWatch
{
    /// <summary>The block at which pools are to be read: the last one whose events were applied, so that all have the state of one block. Null before the first.</summary>
    ChainBlock? At { get; }

    /// <summary>Number of pools that are to be read, those that were set aside among them.</summary>
    int WantedCount { get; }

    /// <summary>Readings that came too late or for nothing.</summary>
    ulong NotTaken { get; }

    /// <summary>Pools that were evicted to make room for others.</summary>
    ulong Evicted { get; }

    /// <summary>Pairs of tokens that transactions named beyond what one may ask for.</summary>
    ulong NotAsked { get; }

    /// <summary>Tokens whose pools are not in the book, since their own events are not to be relied on; in ascending order.</summary>
    IReadOnlyCollection<Address> InexactTokens { get; }

    /// <summary>Doubted tokens that were forgotten, or not noted, for want of room.</summary>
    ulong TokensForgotten { get; }

    /// <summary>Pools that are to be read: those that blocks trade first, then those that were set aside, then those that pending transactions asked for.</summary>
    IReadOnlyList<WantedPool> Wanted(int most);

    /// <summary>Pools to hold against the chain at its head: others at each block. None while the book is not at that block.</summary>
    IReadOnlyList<PoolSample> Samples(in Hash256 head, int most);
}
