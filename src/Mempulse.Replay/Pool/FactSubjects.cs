using System.Runtime.InteropServices;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Pool;

/// <summary>The transactions that the fact being applied is about, so that the observations after the lifecycle need no lookup of their own.</summary>
internal sealed class FactSubjects
{
    private readonly List<TxEntry> _inBlock = [];

    /// <summary>The transaction that a sighting is about; null when the fact is no sighting, or the transaction has left.</summary>
    public TxEntry? Sighted { get; set; }

    /// <summary>How a sighted transaction ended that has left; <see cref="TxState.Unknown"/> otherwise.</summary>
    public TxState SightedEnd { get; set; }

    /// <summary>The transactions that the fact's block includes, in the order of the block, except those that are final elsewhere.</summary>
    public ReadOnlySpan<TxEntry> InBlock => CollectionsMarshal.AsSpan(_inBlock);

    /// <summary>Number of transactions that expired because a bound left no room for them.</summary>
    public int Evicted { get; set; }

    /// <summary>Forgets those of the fact before.</summary>
    public void Begin()
    {
        _inBlock.Clear();
        Sighted = null;
        SightedEnd = TxState.Unknown;
        Evicted = 0;
    }

    public void Include(TxEntry tx) => _inBlock.Add(tx);
}
