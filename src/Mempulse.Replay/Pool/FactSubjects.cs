using System.Runtime.InteropServices;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Pool;

/// <summary>The transactions that the fact being applied concerns, so that the observations need no lookups after the lifecycle.</summary>
internal sealed class FactSubjects
{
    private readonly List<TxEntry> _inBlock = [];

    /// <summary>The transaction of a sighting; null when the fact is not a sighting, or the transaction has left.</summary>
    public TxEntry? Sighted { get; set; }

    /// <summary>The final state of a sighted transaction that has left; <see cref="TxState.Unknown"/> otherwise.</summary>
    public TxState SightedEnd { get; set; }

    /// <summary>The transactions that the fact's block includes, in the order of the block, except those that are final in another block.</summary>
    public ReadOnlySpan<TxEntry> InBlock => CollectionsMarshal.AsSpan(_inBlock);

    /// <summary>Number of transactions that expired because a bound was reached.</summary>
    public int Evicted { get; set; }

    /// <summary>Clears the subjects of the preceding fact.</summary>
    public void Begin()
    {
        _inBlock.Clear();
        Sighted = null;
        SightedEnd = TxState.Unknown;
        Evicted = 0;
    }

    public void Include(TxEntry tx) => _inBlock.Add(tx);
}
