using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lifecycle;
using Mempulse.Replay.Observations;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Audits;

/// <summary>Keeps the evidence about the last blocks: what the pool held when each of them came. Derives no events.</summary>
/// <remarks>Runs after the lifecycle and the observations, whose tables it reads.</remarks>
internal sealed class AuditFold : IDerivation, IAuditView
{
    /// <summary>Number of blocks whose evidence is kept; beyond it the oldest leaves.</summary>
    public const int MaxBlocks = 64;

    /// <summary>Incremented whenever a rule, a bound or the encoding changes what is digested.</summary>
    public const string CurrentRuleVersion = "audit/1";

    private readonly FactSubjects _subjects;
    private readonly CanonicalWindow _window;
    private readonly ObservationState _state;
    private readonly EvidenceCollector _collector;
    private readonly EntryTable<Hash256, BlockEvidence> _blocks;
    private readonly List<BlockEvidence> _order = [];

    /// <summary>A fold before the first block.</summary>
    /// <param name="lifecycle">The transactions and the chain.</param>
    /// <param name="state">The observations.</param>
    /// <param name="observations">Their view.</param>
    public AuditFold(MempoolFold lifecycle, ObservationState state, IObservationView observations)
    {
        (_subjects, _window, _state) = (lifecycle.Subjects, lifecycle.Window, state);
        _collector = new EvidenceCollector(lifecycle.Txs, _window, _subjects, state, observations);
        _blocks = new EntryTable<Hash256, BlockEvidence>(Ledger);
    }

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(BlockEvidence.EntryTag, 0x1f));

    private ulong LastOrdinal => _order.Count == 0 ? 0 : _order[^1].Ordinal;

    /// <inheritdoc/>
    public IReadOnlyList<AuditedBlock> Blocks() =>
        [.. _order.AsEnumerable().Reverse().Select(static block => new AuditedBlock(block.Number, block.Key, !block.IsUndone))];

    /// <inheritdoc/>
    public BlockAudit? Find(in Hash256 block) => _blocks.TryGet(block, out var evidence) ? AuditJudge.Judge(evidence, _state) : null;

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        switch (fact.Kind)
        {
            case LogEvent.TxSeen.KindNumber:
                Announced(fact);
                return;
            case LogEvent.ReceiptsObserved.KindNumber:
                Executed(ReceiptsView.Read(fact.Record));
                return;
            case LogEvent.FinalityViolated.KindNumber:
                UndoAll(fact.Record.Seq);
                return;
            default:
                break;
        }

        foreach (var undone in changes.BlocksUndone)
        {
            if (_blocks.TryGet(undone.Hash, out var block))
            {
                Undo(block, fact.Record.Seq);
            }
        }

        if (!changes.BlocksApplied.IsEmpty && fact.Event is LogEvent.BlockObserved observed)
        {
            Audit(fact, observed, changes);
        }
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        writer.Save(_blocks);
        writer.Values.WriteCount(_order.Count);
        foreach (var block in _order)
        {
            block.SavePositions(writer.Values);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref CheckpointReader reader)
    {
        reader.Restore(_blocks, BlockEvidence.Decode);
        for (int left = reader.Values.ReadCount(); left > 0; left--)
        {
            var hash = reader.Values.ReadHash();
            var block = _blocks.TryGet(hash, out var found) ? found : throw reader.Values.Malformed($"the evidence about block {hash} is missing");
            block.RestorePositions(ref reader.Values);
            _order.Add(block);
        }
    }

    /// <inheritdoc/>
    public void AssertInvariants()
    {
        Invariant.That(_order.Count <= MaxBlocks && _order.Count == _blocks.Count, "INV-166", "the evidence of no more blocks is kept than the bound says, each in its order");
        Invariant.That(_order.Zip(_order.Skip(1)).All(static pair => pair.First.Ordinal < pair.Second.Ordinal), "INV-167", "the order of the audited blocks is that of their numbers");
    }

    /// <summary>Audits a block. One that joins the chain again is audited again, with what is known now.</summary>
    private void Audit(in Fact fact, LogEvent.BlockObserved observed, FactChanges changes)
    {
        ulong? gapsBefore = _order.Count == 0 ? null : _order[^1].ChainGaps;
        ulong ordinal = LastOrdinal + 1;
        if (_blocks.TryGet(observed.Hash, out var before))
        {
            Remove(before);
        }

        var evidence = _collector.Collect(fact.Record, observed, changes, ordinal, gapsBefore);
        _blocks.Add(evidence);
        _order.Add(evidence);
        if (_order.Count > MaxBlocks)
        {
            Remove(_order[0]);
        }
    }

    private void Remove(BlockEvidence block)
    {
        _blocks.Remove(block);
        _order.Remove(block);
    }

    /// <summary>The chain was left beyond finality: its final blocks are not canonical any more.</summary>
    private void UndoAll(GlobalSeq seq)
    {
        foreach (var block in _order)
        {
            Undo(block, seq);
        }
    }

    private void Undo(BlockEvidence block, GlobalSeq seq)
    {
        if (!block.IsUndone)
        {
            _blocks.Changing(block);
            (block.IsUndone, block.UndoneIn) = (true, seq);
        }
    }

    /// <summary>A source announced a transaction that was private when its block came: it was public, only late.</summary>
    private void Announced(in Fact fact)
    {
        if (_subjects.Sighted is { Block: { } block, Spread.Sightings: 0 } tx
            && _blocks.TryGet(block.Hash, out var evidence)
            && evidence.At(tx.IndexInBlock) is { HeardAt: 0, LateAt: 0 } included)
        {
            _blocks.Changing(evidence);
            (included.LateAt, included.LateIn) = (fact.Record.Timestamp.Value, fact.Record.Seq);
        }
    }

    private void Executed(ReceiptsView receipts)
    {
        if (!_blocks.TryGet(receipts.Block, out var evidence))
        {
            return;
        }

        _blocks.Changing(evidence);
        foreach (var receipt in receipts)
        {
            if (evidence.At(receipt.Index) is { } included && included.Hash == receipt.Tx)
            {
                included.GasUsed = receipt.GasUsed.Value;
            }
        }
    }
}
