using CsCheck;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Determinism.Tests.Derivations;

/// <summary>A derivation in another assembly needs only public types, and the engine's guarantees hold for it.</summary>
public sealed class FurtherDerivationTests
{
    private static readonly FoldComposition s_active = FoldComposition.Default.With(static () => new SenderActivity());
    private static readonly Gen<uint[]> Histories = Gen.UInt.Array[1, 120];

    [Fact]
    public void It_receives_the_lifecycles_changes()
    {
        var story = new Scenario().Block("base").Arrives("a", "alice", 0).Arrives("b", "bob", 0).Block("b1", "a", "b").Reorg("base").Block("c1", "b");
        var activity = new SenderActivity();
        var engine = FoldComposition.Default.With(() => activity).Create(Scenario.Chain);

        engine.Apply(story.Log.ScanAfter(GlobalSeq.None));

        Assert.Equal(new Dictionary<Address, uint> { [Named.Account("bob")] = 1 }, activity.Counts);
        engine.AssertInvariants();
    }

    [Fact]
    public void Its_events_are_numbered_after_those_of_the_lifecycle_and_expected_in_the_log()
    {
        var story = new Scenario().Block("base").Arrives("a", "alice", 0).Block("b1", "a").Reorg("base");
        var engine = s_active.Create(Scenario.Chain);
        engine.Apply(story.Log.ScanAfter(GlobalSeq.None));
        var derived = new EventBatch(DerivedEvents.Lane);

        engine.DrainDerived(derived, int.MaxValue);

        List<(EventKind Kind, ulong Ordinal)> kinds = [];
        foreach (var record in new SequencedBatch(new Epoch(1), new GlobalSeq(1), derived.Count, new GlobalSeq(99), derived.Records))
        {
            kinds.Add((record.Kind, record.LocalSeq));
        }

        Assert.Equal([(LogEvent.SimBaseMoved.KindNumber, 1UL)], kinds[^1..]);
        Assert.Equal(0UL, engine.DivergenceCount);
    }

    [Fact]
    public void Its_state_is_in_the_digest_and_its_rules_in_the_version()
    {
        var log = new Scenario().Arrives("a", "alice", 0).Block("b1", "a").Log;
        var without = FoldComposition.Default.Create(Scenario.Chain);
        var with = s_active.Create(Scenario.Chain);

        without.Apply(log.ScanAfter(GlobalSeq.None));
        with.Apply(log.ScanAfter(GlobalSeq.None));

        Assert.NotEqual(without.Digest(), with.Digest());
        Assert.EndsWith("+activity/1", with.RuleVersion, StringComparison.Ordinal);
        var saved = new ByteBuffer();
        with.SaveCheckpoint(saved);
        Assert.Throws<CheckpointException>(() => FoldComposition.Default.Restore(Scenario.Chain, saved.WrittenSpan));
    }

    [Fact]
    public void A_replay_from_any_checkpoint_agrees() => Gen.Select(Histories, Gen.UInt).Sample(
        static (steps, where) =>
        {
            var history = new RandomHistory();
            Array.ForEach(steps, history.Step);
            var log = history.Story.Log;
            var straight = s_active.Create(Scenario.Chain);
            straight.Apply(log.ScanAfter(GlobalSeq.None));
            var first = s_active.Create(Scenario.Chain);
            for (ulong seq = 1; seq <= 1 + (where % log.Last.Value); seq++)
            {
                first.Apply(log.At(new GlobalSeq(seq)));
            }

            var saved = new ByteBuffer();
            first.SaveCheckpoint(saved);
            var second = s_active.Restore(Scenario.Chain, saved.WrittenSpan);
            second.AssertInvariants();
            Assert.Equal(first.Digest(), second.Digest());
            second.Apply(log.ScanAfter(second.Applied));

            Assert.Equal(straight.Digest(), second.Digest());
            second.AssertInvariants();
        },
        iter: 100);

    [Fact]
    public void Two_derivations_with_the_same_tags_are_refused()
    {
        var refused = Assert.Throws<ArgumentException>(() => s_active.With(static () => new SenderActivity()).Create(Scenario.Chain));

        Assert.StartsWith("activity/1 has tags", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_fact_reaches_no_derivation()
    {
        var story = new Scenario().Arrives("a", "alice", 0);
        var witness = new Witness();
        var engine = FoldComposition.Default.With(() => witness).Create(Scenario.Chain);
        engine.Apply(story.Log.ScanAfter(GlobalSeq.None));
        var (before, digest) = (witness.Facts, engine.Digest());

        var block = story.Log.Last.Next;
        foreach (byte[] malformed in Malformed(story.Block("b1", "a").Log.At(block)))
        {
            Assert.Throws<EventDecodeException>(() => engine.Apply(new RecordView(engine.Applied.Next, malformed)));
        }

        Assert.Equal((before, digest), (witness.Facts, engine.Digest()));
        Assert.Equal(0, engine.ExpectedCount);
    }

    /// <summary>Every proper prefix of the payload.</summary>
    private static List<byte[]> Malformed(in RecordView record)
    {
        List<byte[]> malformed = [];
        for (int cut = 1; cut <= record.Payload.Length; cut++)
        {
            malformed.Add(record.Bytes[..^cut].ToArray());
        }

        return malformed;
    }

    /// <summary>Counts the facts that it receives, and reads each completely.</summary>
    private sealed class Witness : IDerivation
    {
        public int Facts { get; private set; }

        public string RuleVersion => "witness/1";

        public EntryLedger Ledger { get; } = new(new TagRange(0xf1, 0xf1));

        public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
        {
            Facts++;
            Assert.True(fact.Event is not null);
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
    }
}
