using Mempulse.Outcomes.Relays;
using Mempulse.Outcomes.Tests.Stories;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Tests.Relays;

/// <summary>The health of relays follows from attempts and outcomes, by the times of records.</summary>
public sealed class RelayHealthTests
{
    private readonly BundleStory _story = new();

    private RelayStanding Titan => _story.Relays.TryGet("titan", out var standing) ? standing : throw new InvalidOperationException("It is not there.");

    [Fact]
    public void Failures_one_after_the_other_open_the_breaker()
    {
        _story.Builds();
        Fail(4);
        Assert.Equal((BreakerState.Closed, true), (Titan.Breaker, Titan.MaySend));

        Fail(1, from: 5);

        Assert.Equal((BreakerState.Open, false, 0), (Titan.Breaker, Titan.MaySend, Titan.WeightBasisPoints));
        Assert.Equal((BreakerState.Closed, BreakerState.Open), (Changes()[^1].From, Changes()[^1].To));
        _story.AssertReplays();
    }

    [Fact]
    public void An_open_breaker_lets_one_request_through_after_its_wait_and_closes_if_that_is_answered()
    {
        Opened();
        Assert.Equal(BreakerState.HalfOpen, Titan.Breaker);
        Assert.True(Titan.MaySend);

        _story.Starts(number: 6);
        Assert.False(Titan.MaySend);
        _story.Answers(AttemptConsequence.Accepted, number: 6);

        Assert.Equal((BreakerState.Closed, true, 1, 0), (Titan.Breaker, Titan.MaySend, Titan.Attempts, Titan.Failed));
        _story.AssertReplays();
    }

    [Fact]
    public void It_opens_for_twice_as_long_if_that_request_fails_too()
    {
        Opened();
        _story.Starts(number: 6).Answers(AttemptConsequence.Unknown, number: 6, found: ErrorClass.NoAnswer);
        var since = _story.Story.Engine.EventTime;

        Assert.Equal((BreakerState.Open, 30_000_000_000), (Titan.Breaker, Titan.OpenUntil!.Value.Value - since.Value));
    }

    [Fact]
    public void A_request_that_is_never_answered_fails_after_a_minute_of_the_log()
    {
        Opened();
        _story.Starts(number: 6);

        Pass(61);

        Assert.Equal(BreakerState.Open, Titan.Breaker);
        _story.AssertReplays();
    }

    [Fact]
    public void Refusals_are_answers_and_lower_the_weight_but_open_nothing()
    {
        _story.Builds();
        for (int i = 1; i <= 20; i++)
        {
            _story.Starts(number: i).Answers(AttemptConsequence.DoNotRetry, number: i, found: ErrorClass.Refused);
        }

        Assert.Equal((BreakerState.Closed, 5_000, 20, 0, 0), (Titan.Breaker, Titan.WeightBasisPoints, Titan.Attempts, Titan.Accepted, Titan.Failed));
        Assert.Equal(5_000, Changes()[^1].WeightBasisPoints);
    }

    [Fact]
    public void More_failures_than_answers_in_the_window_open_it_too()
    {
        _story.Builds();
        for (int i = 1; i <= 18; i++)
        {
            bool fails = i % 3 != 0;
            _story.Starts(number: i).Answers(fails ? AttemptConsequence.Retry : AttemptConsequence.Accepted, number: i, found: fails ? ErrorClass.ServerError : ErrorClass.None);
        }

        Assert.Equal(BreakerState.Open, Titan.Breaker);
    }

    [Fact]
    public void The_latency_is_the_median_of_answers_and_a_slow_relay_counts_half()
    {
        _story.Builds();
        foreach (ulong latency in new ulong[] { 10, 3_000_000, 4_000_000 })
        {
            _story.Starts().Answers(AttemptConsequence.Accepted, latency: latency);
        }

        Assert.Equal((3_000_000ul, 5_000), (Titan.LatencyMicroseconds, Titan.WeightBasisPoints));
    }

    [Fact]
    public void Dry_runs_say_nothing_about_a_relay()
    {
        _story.Builds().Starts(isDryRun: true).Answers(AttemptConsequence.Accepted, isDryRun: true);

        Assert.Empty(_story.Relays.Relays());
    }

    [Fact]
    public void A_landing_counts_for_the_relays_that_accepted_the_bundle_once()
    {
        _story.Builds().Sends().Sends(AttemptConsequence.DoNotRetry, "quasar", found: ErrorClass.Refused).Block("b1", "trigger", "own");
        Assert.Equal(0ul, Titan.Landed);

        _story.Receipts("b1", ["trigger", "own"], isVerified: false).Receipts("b1", ["trigger", "own"]);

        Assert.Equal((1ul, 0ul), (Titan.Landed, _story.Relays.Relays()[0].Landed));
        _story.AssertReplays();
    }

    private void Opened()
    {
        _story.Builds();
        Fail(5);
        Pass(16);
    }

    private void Fail(int count, int from = 1)
    {
        for (int i = from; i < from + count; i++)
        {
            _story.Starts(number: i).Answers(AttemptConsequence.Retry, number: i, found: ErrorClass.NotConnected);
        }
    }

    /// <summary>Each fact of a story is one second after the one before.</summary>
    private void Pass(int seconds)
    {
        for (int i = 1; i < seconds; i++)
        {
            _story.Story.Seen("noise");
        }

        _story.Block($"block after {_story.Story.Log.Last}");
    }

    private IReadOnlyList<LogEvent.RelayHealthChanged> Changes() => _story.Story.Log.Derived<LogEvent.RelayHealthChanged>();
}
