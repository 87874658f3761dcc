using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Changes;

public sealed class FactChangesTests
{
    [Fact]
    public void The_feed_lists_what_the_lifecycle_did_with_each_fact()
    {
        var parameters = new FoldParameters { ConfirmationDepthBlocks = 2, RetentionBlocks = 1 };
        var story = new Scenario(parameters)
            .Block("base").Seen("a").Seen("a", "beta").Decoded(new ScenarioTx("a", "alice", 0))
            .Arrives("dear", "alice", 0, fee: 500, tip: 50)
            .Block("b1", "a").Reorg("base").Block("c1", "dear").Block("c2").Block("c3").Block("c4");

        Assert.Equal(
            [
                "epoch:",
                "+base",
                "a Unknown->Seen",
                "",
                "a Seen->Pending",
                "dear Unknown->Seen",
                "a Pending->Replaced, dear Seen->Pending",
                "a Replaced->Included, dear Pending->Replaced, +b1",
                "a Included->Pending, -b1",
                "dear Replaced->Included, a Pending->Replaced, +c1",
                "+c2, base final, a gone",
                "dear Included->Confirmed, +c3, c1 final",
                "+c4, c2 final, dear gone",
            ],
            Feed(story.Log, "a", "dear"));
    }

    [Fact]
    public void A_competing_block_undoes_the_other_before_it_is_applied()
    {
        var story = new Scenario().Block("base").Block("b1").Block("b2").BlockOn("base", "c1");

        Assert.Equal(["epoch:", "+base", "+b1", "+b2", "+c1, -b2, -b1"], Feed(story.Log));
    }

    private static List<string> Feed(ScenarioLog log, params string[] txs)
    {
        var listener = new Listener([.. txs]);
        var engine = ReplayEngine.Create(Scenario.Chain, listener);
        engine.Apply(log.ScanAfter(GlobalSeq.None));
        return listener.Lines;
    }

    private sealed class Listener(List<string> txs) : IDerivation
    {
        private static readonly string[] s_blocks = ["base", "b1", "b2", "c1", "c2", "c3", "c4"];

        public List<string> Lines { get; } = [];

        public string RuleVersion => "listener/1";

        public EntryLedger Ledger { get; } = new(new TagRange(0xf0, 0xf0));

        public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
        {
            List<string> parts = fact.Kind == LogEvent.EpochStarted.KindNumber ? ["epoch:"] : [];
            foreach (var transition in changes.Transitions)
            {
                parts.Add($"{NameOf(transition.Tx)} {transition.From}->{transition.To}");
            }

            foreach (var block in changes.BlocksApplied)
            {
                parts.Add($"+{NameOf(block)}");
            }

            foreach (var block in changes.BlocksUndone)
            {
                parts.Add($"-{NameOf(block)}");
            }

            foreach (var block in changes.BlocksFinalized)
            {
                parts.Add($"{NameOf(block)} final");
            }

            foreach (var gone in changes.TxsGone)
            {
                parts.Add($"{NameOf(gone)} gone");
            }

            Lines.Add(string.Join(", ", parts));
        }

        public void Save(CheckpointWriter writer)
        {
        }

        public void Restore(ref CheckpointReader reader)
        {
        }

        public void AssertInvariants()
        {
        }

        private string NameOf(Hash256 tx) => txs.Single(name => Named.Tx(name) == tx);

        private static string NameOf(ChainBlock block) => s_blocks.Single(name => Named.Block(name) == block.Hash);
    }
}
