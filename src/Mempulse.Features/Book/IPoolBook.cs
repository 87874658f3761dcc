using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Book;

/// <summary>The pools that the log describes, all at the state of one block. Read it in derivations and between facts; confined to the fold's thread.</summary>
public interface IPoolBook
{
    /// <summary>The block whose state the pools have; null while no pool is held.</summary>
    /// <remarks>It may be behind the canonical head while a block's receipts are awaited.</remarks>
    ChainBlock? Head { get; }

    /// <summary>Number of pools that can be quoted.</summary>
    int Count { get; }

    /// <summary>The pools whose state changed, that came or that were set aside with the last fact; in ascending order.</summary>
    IReadOnlyList<PoolKey> Changed { get; }

    /// <summary>A pool that can be quoted.</summary>
    bool TryGet(in PoolKey key, [NotNullWhen(true)] out BookPool? pool);

    /// <summary>The pools of two tokens that can be quoted, in ascending order of their keys.</summary>
    IReadOnlyList<BookPool> PoolsOf(in Address token, in Address other);

    /// <summary>The tokens that share such a pool with a token, in ascending order.</summary>
    IReadOnlyList<Address> NeighboursOf(in Address token);
}
