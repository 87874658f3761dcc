using System.Runtime.InteropServices;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Changes;

/// <summary>What the lifecycle did with the fact being applied: the change feed of the later derivations.</summary>
/// <remarks>Reused for the next fact: read it during the call that receives it, and copy what is needed later.</remarks>
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

    /// <summary>State changes in the order in which they happened. A transaction may change more than once.</summary>
    /// <remarks>The view has the rest: the sender, the replacing transaction, the block.</remarks>
    public ReadOnlySpan<TxTransition> Transitions => CollectionsMarshal.AsSpan(_transitions);

    /// <summary>Blocks that left the canonical chain, highest first. They were undone before any of <see cref="BlocksApplied"/> was applied.</summary>
    public ReadOnlySpan<ChainBlock> BlocksUndone => CollectionsMarshal.AsSpan(_undone);

    /// <summary>Blocks that joined the canonical chain, in ascending order of height.</summary>
    public ReadOnlySpan<ChainBlock> BlocksApplied => CollectionsMarshal.AsSpan(_applied);

    /// <summary>Blocks that no reorg can undo any more, in ascending order of height.</summary>
    public ReadOnlySpan<ChainBlock> BlocksFinalized => CollectionsMarshal.AsSpan(_finalized);

    /// <summary>Transactions that left the view, in the order in which they left. <see cref="IMempoolView.StateOf"/> still returns their final state.</summary>
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
