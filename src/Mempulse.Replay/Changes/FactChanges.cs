using System.Runtime.InteropServices;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Changes;

/// <summary>What the lifecycle did with the fact being applied: the change feed of the derivations after it.</summary>
/// <remarks>Reused for the next fact: read it during the call it is passed to, and keep copies of what is needed later.</remarks>
public sealed class FactChanges
{
    private readonly List<TxTransition> _transitions = [];
    private readonly List<ChainBlock> _undone = [];
    private readonly List<ChainBlock> _applied = [];
    private readonly List<ChainBlock> _finalized = [];
    private readonly List<Hash256> _gone = [];

    internal FactChanges()
    {
    }

    /// <summary>Changes of state, in the order in which they happened. A transaction may change more than once.</summary>
    /// <remarks>Ask the view for the rest: the sender, the replacing transaction, the block.</remarks>
    public ReadOnlySpan<TxTransition> Transitions => CollectionsMarshal.AsSpan(_transitions);

    /// <summary>Blocks that left the canonical chain, highest first. They were undone before any of <see cref="BlocksApplied"/> was applied.</summary>
    public ReadOnlySpan<ChainBlock> BlocksUndone => CollectionsMarshal.AsSpan(_undone);

    /// <summary>Blocks that joined the canonical chain, in ascending order of height.</summary>
    public ReadOnlySpan<ChainBlock> BlocksApplied => CollectionsMarshal.AsSpan(_applied);

    /// <summary>Blocks that no reorg can undo any more, in ascending order of height.</summary>
    public ReadOnlySpan<ChainBlock> BlocksFinalized => CollectionsMarshal.AsSpan(_finalized);

    /// <summary>Transactions that the view no longer holds, in the order in which they left. <see cref="IMempoolView.StateOf"/> still knows how they ended.</summary>
    public ReadOnlySpan<Hash256> TxsGone => CollectionsMarshal.AsSpan(_gone);

    internal void Begin()
    {
        _transitions.Clear();
        _undone.Clear();
        _applied.Clear();
        _finalized.Clear();
        _gone.Clear();
    }

    internal void Moved(in Hash256 tx, TxState from, TxState to) => _transitions.Add(new TxTransition(tx, from, to));

    internal void Undone(in ChainBlock block) => _undone.Add(block);

    internal void Applied(in ChainBlock block) => _applied.Add(block);

    internal void Finalized(in ChainBlock block) => _finalized.Add(block);

    internal void Gone(in Hash256 tx) => _gone.Add(tx);
}
