using System.Collections;
using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Grains.Mempool;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Grains.Tests.Mempool;

/// <summary>What the fold observed is answered field by field under its own name, at the position that the answer states.</summary>
public sealed class ObservationAnswersTests
{
    [Fact]
    public async Task Every_field_of_an_answer_is_the_field_of_the_same_name_in_the_fold()
    {
        await using var world = await WorldAsync();
        var seen = world.Fold.Engine.Observations;
        var applied = world.Fold.Engine.Applied;

        var propagation = ObservationAnswers.Spreading(world.Fold, minutes: 60);
        Assert.Equal(applied, propagation.AsOf);
        Assert.True(propagation.Sources.Count >= 2 && propagation.Sightings > 0 && propagation.Included > 0);
        AssertSame(seen.Propagation(60), propagation);

        var observers = ObservationAnswers.Observers(world.Fold);
        Assert.Contains(observers, observer => observer is { Name: "beta", IsConnected: false, LossReason: SourceLossReason.Closed });
        AssertSame(seen.Observers().ToList(), observers);

        var (from, to) = (new UnixNanoseconds(0), world.Fold.Engine.EventTime);
        var gaps = ObservationAnswers.Gaps(world.Fold, from, to);
        var report = seen.Gaps(from, to);
        Assert.Equal((applied, report.CompleteSince, report.IsBlind, report.IsCut), (gaps.AsOf, gaps.CompleteSince, gaps.IsBlind, gaps.IsCut));
        Assert.NotEmpty(gaps.Gaps);
        Assert.Equal(report.Gaps.Select(gap => (gap.Kind.ToString(), gap.Name, gap.From, gap.To, gap.Count)), gaps.Gaps.Select(gap => (gap.Kind, gap.Name, gap.From, gap.To, gap.Count)));
    }

    [Fact]
    public async Task A_transactions_spread_is_that_of_the_fold_and_nothing_for_an_unknown_one()
    {
        await using var world = await WorldAsync();
        var tx = world.Fold.Engine.Observations.Find(Named.Tx("a"))!;

        var spread = FoldAnswers.Tx(world.Fold, Named.Tx("a")).Spread!;

        AssertSame(tx, spread);
        Assert.True(spread.Sightings >= 2);
        Assert.Equal(tx.Lanes.Select(lane => (lane.Lane, lane.AfterMicros)), spread.Lanes.Zip(spread.LaneDelaysMicros));
        Assert.Equal(world.Fold.Engine.Applied, spread.Gaps.AsOf);
        Assert.Null(FoldAnswers.Tx(world.Fold, Named.Tx("unknown")).Spread);
    }

    [Fact]
    public async Task An_account_and_the_canonical_blocks_are_those_of_the_fold()
    {
        await using var world = await WorldAsync();
        var pool = world.Fold.Engine.Pool;
        Assert.True(pool.TryGetSender(Named.Account("bob"), out var bob));

        var view = FoldAnswers.Sender(world.Fold, Named.Account("bob"));

        Assert.Equal((Named.Account("bob"), true, bob.Next, bob.Knowledge.ToString(), bob.NonceCount, world.Fold.Engine.Applied), (view.Address, view.IsHeld, view.NextNonce!.Value, view.NonceKnowledge, view.NonceCount, view.AsOf));
        Assert.Equal(bob.Nonces.Select(nonce => (nonce.Nonce, nonce.Hash, nonce.State)), view.Transactions.Select(nonce => (nonce.Nonce, nonce.Hash, nonce.State)));
        Assert.Equal(bob.Gaps.Select(gap => (gap.First, gap.Last)), view.Gaps.Select(gap => (gap.First, gap.Last)));
        Assert.NotEmpty(view.Gaps);
        var status = FoldAnswers.Status(world.Fold, acknowledged: null, string.Empty);
        Assert.Equal((pool.Head!.Value.Number, pool.Head.Value.Hash), (status.HeadNumber!.Value, status.HeadHash!.Value));
        var held = FoldAnswers.Holdings(world.Fold);
        Assert.Contains(held, entry => entry.Transactions.Contains(Named.Tx("c")));
        var blocks = FoldAnswers.CanonicalBlocks(world.Fold)!;
        Assert.Equal(pool.CanonicalBlocks().Select(block => (block.Number, block.Hash, block.ParentHash, block.LacksReceipts)), blocks.Select(block => (block.Number, block.Hash, block.ParentHash, block.LacksReceipts)));
        Assert.NotEmpty(blocks);
    }

    /// <summary>A fold that follows a log with two sources, one of which was lost, a block, and a gap of nonces.</summary>
    private static Task<GrainWorld> WorldAsync() => GrainWorld.OfAsync(new Scenario()
        .Fact(Connected("alpha"), "alpha").Fact(Connected("beta"), "beta")
        .Arrives("a", "alice", 0).Seen("a", "beta").Arrives("b", "bob", 0).Arrives("d", "bob", 3).Arrives("c", "carol", 0)
        .Block("one", "a").Fact(new LogEvent.SourceLost("beta", SourceLossReason.Closed, "reset"), "beta").Block("two"));

    private static LogEvent.SourceConnected Connected(string name) => new(name, "rpc", $"http://{name}", Scenario.Chain, "geth", IsSynthetic: false);

    /// <summary>Each property of the answer that the fold has under the same name has the same value; lists are compared item by item, distributions by their parts.</summary>
    private static void AssertSame(object fold, object answer)
    {
        if (fold is IList folded && answer is IList answered)
        {
            Assert.Equal(folded.Count, answered.Count);
            for (int i = 0; i < folded.Count; i++)
            {
                AssertSame(folded[i]!, answered[i]!);
            }

            return;
        }

        foreach (var property in answer.GetType().GetProperties())
        {
            if (fold.GetType().GetProperty(property.Name) is not { } same)
            {
                continue;
            }

            object? expected = same.GetValue(fold);
            object? actual = property.GetValue(answer);
            if (expected is DelayFigures figures && actual is Distribution distribution)
            {
                Assert.Equal((figures.Count, figures.P50, figures.P90, figures.P99), (distribution.Count, distribution.P50, distribution.P90, distribution.P99));
                Assert.Equal(figures.Buckets.Select(bucket => (bucket.Below, bucket.Count)), distribution.Bounds.Zip(distribution.Counts));
            }
            else if (expected is IList && actual is IList && same.PropertyType != property.PropertyType)
            {
                if (answer is not TxSpread)
                {
                    AssertSame(expected, actual);
                }
            }
            else
            {
                Assert.True(Equals(expected, actual), $"{property.Name}: {expected} in the fold, {actual} in the answer");
            }
        }
    }
}
