using Mempulse.Folding;
using Mempulse.Outcomes.Bundles;
using Mempulse.Outcomes.Tests.Stories;
using Mempulse.Outcomes.Verdicts;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Verdicts;

/// <summary>What is beyond a bound is counted, and what is not known completely decides nothing.</summary>
public sealed class OutcomeBoundsTests
{
    private static readonly BundleBounds Small = new(Bundles: 2, Transactions: 2, Requests: 2, Blocks: 3, RetentionBlocks: 3);

    private readonly Scenario _story;

    public OutcomeBoundsTests()
    {
        _story = new Scenario(new FoldParameters { ConfirmationDepthBlocks = 2 }, FoldComposition.Of(EventCatalog.Core, static _ => [new OutcomeFold(Small)]));
        _story.Knows(BundleStory.Trigger).Knows(BundleStory.Own).Block("base");
    }

    private IBundleView View => _story.Engine.View<IBundleView>();

    [Fact]
    public void The_bundle_that_was_built_first_leaves_when_there_is_no_room()
    {
        _story.Fact(BundleStory.Built("a")).Fact(BundleStory.Built("b")).Fact(BundleStory.Built("c"));

        Assert.False(View.TryGet(BundleStory.Id("a"), out _));
        Assert.Equal((2, 1ul), (View.Counts.Open, View.Counts.Forgotten));
        _story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_bundle_with_too_many_transactions_is_counted_and_not_held()
    {
        _story.Fact(BundleStory.Built() with { Transactions = [.. Enumerable.Repeat(BundleStory.Leg(BundleStory.Own), 3)] });

        Assert.Equal((0, 1ul), (View.Counts.Open, View.Counts.Forgotten));
    }

    [Fact]
    public void A_bundle_with_too_many_requests_is_not_judged_by_what_relays_said()
    {
        _story.Fact(BundleStory.Built());
        foreach (string relay in new[] { "one", "two", "three" })
        {
            _story.Fact(new LogEvent.AttemptRefused(BundleStory.Id("b"), relay, RelayCommandKind.SendBundle, PreflightRule.EmptyBundle, "It is.", IsDryRun: false));
        }

        _story.Block("b1");

        Assert.Equal(1ul, View.Counts.RequestsUncounted);
        Assert.Equal((BundleVerdict.Expired, EvidenceStrength.NotDerivable), _story.Log.Derived<LogEvent.BundleOutcome>().Select(static found => (found.Verdict, found.Strength)).Single());
    }

    [Fact]
    public void Decided_bundles_leave_when_they_are_final_and_old()
    {
        _story.Fact(BundleStory.Built()).EmptyBlocks(4);
        Assert.True(View.TryGet(BundleStory.Id("b"), out _));

        _story.EmptyBlocks(1, "last");

        Assert.False(View.TryGet(BundleStory.Id("b"), out _));
        Assert.Equal((0, 0, 0ul), (View.Counts.Open, View.Counts.Decided, View.Counts.Forgotten));
        _story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_verdict_is_settled_once_its_block_is_no_longer_held()
    {
        _story.Fact(BundleStory.Built());
        _story.Fact(new LogEvent.AttemptStarted { Bundle = BundleStory.Id("b"), Relay = "titan", Command = RelayCommandKind.SendBundle, Number = 1, BackoffMilliseconds = 0, Seed = default, Request = default, IsDryRun = false });
        _story.Block("b1").EmptyBlocks(3);

        _story.Fact(new LogEvent.RelayAttempt { Bundle = BundleStory.Id("b"), Relay = "titan", Command = RelayCommandKind.SendBundle, Number = 1, Class = ErrorClass.Refused, Consequence = AttemptConsequence.DoNotRetry, LatencyMicroseconds = 1, Detail = string.Empty, IsDryRun = false });

        Assert.Equal(OutcomeNeed.BlockState, Assert.Single(_story.Log.Derived<LogEvent.BundleOutcome>()).Need);
    }

    [Fact]
    public void Events_about_bundles_that_are_not_held_are_counted()
    {
        _story.Fact(new LogEvent.BundleCancelled(BundleStory.Id("nobody's"), BundleEnd.Withdrawn, null));

        Assert.Equal(1ul, View.Counts.Unknown);
    }

    [Fact]
    public void A_log_without_bundles_has_the_digest_of_a_fold_without_them()
    {
        var without = FoldComposition.Of(EventCatalog.Core, static _ => []).Create(Scenario.Chain);
        without.Apply(_story.Log.ScanAfter(GlobalSeq.None));

        Assert.Equal(without.Digest(), _story.Engine.Digest());
    }
}
