using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Stories;

/// <summary>Checks every verdict that claims to be a proof against the records of the log, by a way of its own.</summary>
internal sealed class ProofCheck
{
    private readonly Scenario _story;
    private readonly List<(GlobalSeq Seq, LogEvent Event)> _facts = [];
    private readonly List<Hash256> _canonical = [];

    public ProofCheck(Scenario story)
    {
        _story = story;
        foreach (var record in story.Log.ScanAfter(GlobalSeq.None))
        {
            if (!record.IsDerived)
            {
                Add(record.Seq, LogEvent.Decode(record)!);
            }
        }
    }

    /// <summary>Returns how many proofs were checked.</summary>
    public int Check()
    {
        int proofs = 0;
        foreach (var bundle in _story.Engine.View<IBundleView>().Latest(10_000))
        {
            // A verdict is settled once its target has been final for long; what the chain says since is not part of it.
            if (bundle.Outcome is { Strength: EvidenceStrength.Proof } outcome && bundle.TargetBlock is { } target)
            {
                Assert.True(Holds(bundle.Built, outcome, Block(target)), $"{outcome} of {bundle.Built} does not hold.");
                proofs++;
            }
        }

        return proofs;
    }

    private bool Holds(LogEvent.BundleBuilt built, LogEvent.BundleOutcome outcome, (GlobalSeq Seq, LogEvent.BlockObserved Block) target) => outcome.Verdict switch
    {
        BundleVerdict.Landed => Has(target.Block, built) && built.Transactions.Where(static tx => !tx.MayRevert).All(tx => Status(target.Block, tx.Hash) == ExecutionOutcome.Succeeded),
        BundleVerdict.Reverted => Has(target.Block, built) && built.Transactions.Any(tx => !tx.MayRevert && Status(target.Block, tx.Hash) == ExecutionOutcome.Reverted),
        BundleVerdict.PartiallyLanded => IsCanonical(outcome.Block!.Value) && built.Transactions.Any(tx => tx.IsOwn && Contains(outcome.Block!.Value, tx.Hash)),
        BundleVerdict.NonceUsed => IsCanonical(outcome.Block!.Value) && Contains(outcome.Block.Value, outcome.By!.Value)
            && Block(outcome.Block.Value).Block.Transactions.Any(used => used.Hash == outcome.By && built.Transactions.Any(tx => tx.Sender == used.Sender && tx.Nonce == used.Nonce)),
        BundleVerdict.TooLate or BundleVerdict.DryRun or BundleVerdict.DroppedByPreflight => !Starts(built).Any(started => started < target.Seq),
        BundleVerdict.Stale => IsExamined(built, target.Block, CompetitionFinding.PaysNowhere) || !Starts(built).Any(),
        BundleVerdict.Outcompeted => IsExamined(built, target.Block, CompetitionFinding.TakenByTransaction),
        BundleVerdict.ReorgedOut => !IsCanonical(outcome.Block!.Value),
        _ => false,
    };

    private IEnumerable<GlobalSeq> Starts(LogEvent.BundleBuilt built) => _facts
        .Where(fact => fact.Event is LogEvent.AttemptStarted { IsDryRun: false, Command: RelayCommandKind.SendBundle } started && started.Bundle == built.Bundle)
        .Select(static fact => fact.Seq);

    private bool IsExamined(LogEvent.BundleBuilt built, LogEvent.BlockObserved block, CompetitionFinding finding) => _facts.Any(fact =>
        fact.Event is LogEvent.CompetitionExamined { IsVerified: true } examined && examined.Bundle == built.Bundle && examined.Block == block.Hash && examined.Finding == finding);

    private static bool Has(LogEvent.BlockObserved block, LogEvent.BundleBuilt built)
    {
        Hash256[] hashes = [.. block.Transactions.Select(static tx => tx.Hash)];
        Hash256[] wanted = [.. built.Transactions.Select(static tx => tx.Hash)];
        int first = Array.IndexOf(hashes, wanted[0]);
        return first >= 0 && hashes.Skip(first).Take(wanted.Length).SequenceEqual(wanted);
    }

    private bool Contains(Hash256 block, Hash256 tx) => Block(block).Block.Transactions.Any(found => found.Hash == tx);

    private ExecutionOutcome Status(LogEvent.BlockObserved block, Hash256 tx) => _facts
        .Select(static fact => fact.Event)
        .OfType<LogEvent.ReceiptsObserved>()
        .Where(receipts => receipts.Block == block.Hash && receipts.IsVerified)
        .SelectMany(static receipts => receipts.Receipts)
        .Last(receipt => receipt.Tx == tx)
        .Outcome;

    private bool IsCanonical(Hash256 block) => _canonical.Contains(block);

    private void Add(GlobalSeq seq, LogEvent fact)
    {
        _facts.Add((seq, fact));
        switch (fact)
        {
            case LogEvent.BlockObserved block:
                LeaveAfter(block.ParentHash);
                _canonical.Add(block.Hash);
                break;
            case LogEvent.ReorgDetected reorg:
                LeaveAfter(reorg.CommonAncestor);
                break;
            case LogEvent.FinalityViolated:
                _canonical.Clear();
                break;
            default:
                break;
        }
    }

    private void LeaveAfter(Hash256 block)
    {
        int kept = _canonical.IndexOf(block) + 1;
        _canonical.RemoveRange(kept, _canonical.Count - kept);
    }

    private (GlobalSeq Seq, LogEvent.BlockObserved Block) Block(Hash256 hash)
    {
        var (seq, found) = _facts.Last(fact => fact.Event is LogEvent.BlockObserved block && block.Hash == hash);
        return (seq, (LogEvent.BlockObserved)found);
    }
}
