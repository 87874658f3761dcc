using Mempulse.Builder.Sending;
using Mempulse.Grains.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.RelaySim.Bundles;
using Mempulse.RelaySim.Faults;
using Mempulse.Testing.Waiting;

namespace Mempulse.Grains.Tests.Bundles;

/// <summary>A bundle on its way to relays on loopback, over a real silo and a real log: what leaves, how often, and what the log says.</summary>
public sealed class BundleGrainTests : IAsyncLifetime
{
    private readonly BundleSilo _world = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_busy_relay_is_asked_again_after_the_waits_of_the_schedule_until_it_accepts()
    {
        var relay = await _world.AddRelayAsync("titan");
        relay.Faults.Plan(RelayFault.TooManyRequests, RelayFault.Unavailable);
        var bundle = await BeginAsync();

        await _world.AdvanceAsync(bundle);

        var answers = await _world.FactsAsync<LogEvent.RelayAttempt>(3);
        var started = await _world.FactsAsync<LogEvent.AttemptStarted>(3);
        var schedule = new RetrySchedule(RetryPolicy.Default, RetrySchedule.SeedOf(bundle, "relay-0"));
        Assert.Equal([ErrorClass.RateLimited, ErrorClass.Unavailable, ErrorClass.None], answers.Select(static answer => answer.Class));
        Assert.Equal([1, 2, 3], started.Select(static attempt => attempt.Number));
        Assert.Equal([0UL, (ulong)schedule.DelayBefore(2, null)!.Value.TotalMilliseconds, (ulong)schedule.DelayBefore(3, null)!.Value.TotalMilliseconds], started.Select(static attempt => attempt.BackoffMilliseconds));
        Assert.All(started, attempt => Assert.Equal(RetrySchedule.SeedHashOf(bundle, "relay-0"), attempt.Seed));
        Assert.Equal(BundleFate.Waiting, Assert.Single(relay.Pool.All).Fate);
    }

    [Fact]
    public async Task An_intention_without_an_answer_is_unknown_after_a_restart_and_the_next_number_follows()
    {
        var relay = await _world.AddRelayAsync("titan");
        relay.Faults.Plan(RelayFault.Hang);
        var bundle = await BeginAsync();
        await _world.AdvanceAsync(bundle);
        await Until.TrueAsync(() => relay.Requests.Count == 1, "the request arrived");
        Assert.Single(await _world.FactsAsync<LogEvent.AttemptStarted>(1)); // durable before it arrived

        await _world.StartAsync();
        await _world.AdvanceAsync(bundle);

        var answer = Assert.Single(await _world.FactsAsync<LogEvent.RelayAttempt>(1));
        Assert.Equal((2, ErrorClass.None), (answer.Number, answer.Class));
        Assert.Equal([1, 2], (await _world.FactsAsync<LogEvent.AttemptStarted>(2)).Select(static attempt => attempt.Number));
        Assert.Equal(2, relay.Requests.Count);
    }

    [Fact]
    public async Task A_bundle_that_was_built_before_a_stop_and_not_sent_is_sent_once_after_it()
    {
        var relay = await _world.AddRelayAsync("titan");
        var bundle = await BeginAsync();
        Assert.Empty(await _world.FactsAsync<LogEvent.AttemptStarted>(0));

        await _world.StartAsync();
        await _world.AdvanceAsync(bundle);
        await _world.SettledAsync(bundle);
        await _world.StartAsync();
        await _world.AdvanceAsync(bundle);

        Assert.Equal(1, Assert.Single(await _world.FactsAsync<LogEvent.AttemptStarted>(1)).Number);
        Assert.Equal(BundleFate.Waiting, Assert.Single(relay.Pool.All).Fate);
    }

    [Fact]
    public async Task However_often_it_goes_on_a_relay_that_accepted_gets_it_once()
    {
        var relay = await _world.AddRelayAsync("titan");
        var bundle = await BeginAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _world.AdvanceAsync(bundle).AsTask()));
        await _world.FactsAsync<LogEvent.RelayAttempt>(1);
        await _world.AdvanceAsync(bundle);
        await _world.StartAsync();
        await _world.AdvanceAsync(bundle);

        Assert.Single(await _world.FactsAsync<LogEvent.AttemptStarted>(1));
        Assert.Single(relay.Requests);
    }

    [Fact]
    public async Task An_answer_that_leaves_it_open_whether_the_relay_has_it_is_final()
    {
        var relay = await _world.AddRelayAsync("titan");
        relay.Faults.Otherwise = RelayFault.GatewayTimeout;
        var bundle = await BeginAsync();

        await _world.AdvanceAsync(bundle);
        var answer = Assert.Single(await _world.FactsAsync<LogEvent.RelayAttempt>(1));
        await _world.SettledAsync(bundle);
        await _world.AdvanceAsync(bundle);

        Assert.Equal((ErrorClass.GatewayTimeout, AttemptConsequence.Unknown, 504), (answer.Class, answer.Consequence, answer.Status));
        Assert.Single(relay.Requests);
    }

    [Fact]
    public async Task A_dry_run_does_everything_but_the_sending_and_says_so()
    {
        var relay = await _world.AddRelayAsync("titan");
        var bundle = await BeginAsync(BundleSending.DryRun);

        await _world.AdvanceAsync(bundle);

        var answer = Assert.Single(await _world.FactsAsync<LogEvent.RelayAttempt>(1));
        Assert.True(answer.IsDryRun && Assert.Single(await _world.FactsAsync<LogEvent.AttemptStarted>(1)).IsDryRun);
        Assert.Equal("Dry run: nothing was sent.", answer.Detail);
        Assert.Empty(relay.Requests);
    }

    [Fact]
    public async Task A_bundle_of_a_dry_run_is_not_sent_by_a_live_node()
    {
        var relay = await _world.AddRelayAsync("titan");
        var bundle = await BeginAsync(change: static built => built with { IsDryRun = true });

        await _world.AdvanceAsync(bundle);

        Assert.True(Assert.Single(await _world.FactsAsync<LogEvent.RelayAttempt>(1)).IsDryRun);
        Assert.Empty(relay.Requests);
    }

    [Fact]
    public async Task What_a_builder_would_drop_in_silence_is_refused_on_record_and_does_not_leave()
    {
        var relay = await _world.AddRelayAsync("buildernet");
        var bundle = await BeginAsync(hasCredential: false);

        await _world.AdvanceAsync(bundle);
        var refused = Assert.Single(await _world.FactsAsync<LogEvent.AttemptRefused>(1));
        await _world.SettledAsync(bundle);
        await _world.AdvanceAsync(bundle);

        Assert.Equal((PreflightRule.CredentialMissing, "relay-0", RelayCommandKind.SendBundle), (refused.Rule, refused.Relay, refused.Command));
        Assert.Empty(relay.Requests);
        Assert.Single(await _world.FactsAsync<LogEvent.AttemptRefused>(1));
    }

    [Fact]
    public async Task A_bundle_without_signatures_goes_nowhere()
    {
        var relay = await _world.AddRelayAsync("titan");
        var bundle = await BeginAsync(change: static built => built with { IsSigned = false });

        Assert.Equal("The bundle is not signed, or its operator is not configured.", await _world.AdvanceAsync(bundle));
        Assert.Empty(relay.Requests);
    }

    [Fact]
    public async Task A_bundle_whose_block_exists_is_not_sent()
    {
        var relay = await _world.AddRelayAsync("titan");
        var bundle = await BeginAsync();
        await _world.BlockAsync(BundleSilo.Head + 1);

        Assert.Empty(await _world.AdvanceAsync(bundle));
        Assert.Empty(relay.Requests);
    }

    [Fact]
    public async Task A_bundle_that_is_withdrawn_is_cancelled_where_it_may_be_and_nowhere_else()
    {
        var has = await _world.AddRelayAsync("titan");
        var refuses = await _world.AddRelayAsync("titan");
        refuses.Faults.Otherwise = RelayFault.Redirect;
        var bundle = await BeginAsync();
        await _world.AdvanceAsync(bundle);
        await _world.FactsAsync<LogEvent.RelayAttempt>(2);

        await _world.RecordAsync(content: null, new LogEvent.BundleCancelled(bundle, BundleEnd.OpportunityEnded, By: null));
        await _world.AdvanceAsync(bundle);

        var cancelled = (await _world.FactsAsync<LogEvent.RelayAttempt>(3)).Single(static attempt => attempt.Command == RelayCommandKind.CancelBundle);
        Assert.Equal(("relay-0", 1, ErrorClass.None), (cancelled.Relay, cancelled.Number, cancelled.Class));
        Assert.Equal(BundleFate.Cancelled, Assert.Single(has.Pool.All).Fate);
        Assert.Single(refuses.Requests);
    }

    [Fact]
    public async Task A_relay_whose_breaker_is_open_gets_nothing()
    {
        var relay = await _world.AddRelayAsync("titan");
        await BeginAsync(change: static built => built with { Bundle = Testing.Scenarios.Named.Tx("earlier") });
        var earlier = Testing.Scenarios.Named.Tx("earlier");
        for (int number = 1; number <= 64; number++)
        {
            await _world.RecordAsync(content: null, Started(earlier, number), Failed(earlier, number));
        }

        var bundle = await _world.BuildAsync();
        await _world.AdvanceAsync(bundle);
        await _world.AdvanceAsync(bundle);

        Assert.NotEmpty(await _world.FactsAsync<LogEvent.RelayHealthChanged>(1));
        Assert.False(await _world.MayAskAsync(bundle));
        Assert.DoesNotContain(await _world.FactsAsync<LogEvent.AttemptStarted>(64), attempt => attempt.Bundle == bundle);
        Assert.Empty(relay.Requests);
    }

    [Fact]
    public async Task Of_several_that_begin_the_same_attempt_at_once_one_does() // as two activations of the bundle's grain would
    {
        await _world.AddRelayAsync("titan");
        var bundle = await BeginAsync();

        string[] problems = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _world.TryRecordAsync(content: null, Started(bundle, 1))));
        string skipped = await _world.TryRecordAsync(content: null, Started(bundle, 3));

        Assert.Single(problems, static problem => problem.Length == 0);
        Assert.All(problems.Where(static problem => problem.Length > 0), static problem => Assert.Equal("Attempt 1 at relay-0 cannot begin: the last one that began is 1.", problem));
        Assert.Equal("Attempt 3 at relay-0 cannot begin: the last one that began is 1.", skipped);
        Assert.Single(await _world.FactsAsync<LogEvent.AttemptStarted>(1));
    }

    [Fact]
    public async Task An_attempt_that_is_durable_counts_although_the_fold_has_not_reached_it()
    {
        await _world.AddRelayAsync("titan");
        var bundle = await BeginAsync();

        await _world.AppendAheadOfTheFoldAsync(Started(bundle, 1));

        Assert.Equal("Attempt 1 at relay-0 cannot begin: the last one that began is 1.", await _world.TryRecordAsync(content: null, Started(bundle, 1)));
    }

    [Fact]
    public async Task No_attempt_begins_after_the_answer_that_settles_it() // as a caller would begin it whose fold is behind
    {
        var relay = await _world.AddRelayAsync("titan");
        var bundle = await BeginAsync();
        await _world.AdvanceAsync(bundle);
        await _world.FactsAsync<LogEvent.RelayAttempt>(1);

        Assert.Equal("Attempt 2 at relay-0 cannot begin: the answer to attempt 1 settles it.", await _world.TryRecordAsync(content: null, Started(bundle, 2)));
        Assert.Single(relay.Requests);
    }

    private static LogEvent.AttemptStarted Started(Hash256 bundle, int number) => new()
    {
        Bundle = bundle, Relay = "relay-0", Command = RelayCommandKind.SendBundle, Number = number, BackoffMilliseconds = 0, Seed = default, Request = default, IsDryRun = false,
    };

    private static LogEvent.RelayAttempt Failed(Hash256 bundle, int number) => new()
    {
        Bundle = bundle, Relay = "relay-0", Command = RelayCommandKind.SendBundle, Number = number, Class = ErrorClass.Unavailable, Consequence = AttemptConsequence.Retry, LatencyMicroseconds = 1, Detail = string.Empty, IsDryRun = false,
    };

    private async Task<Hash256> BeginAsync(BundleSending sending = BundleSending.Live, bool hasCredential = true, Func<LogEvent.BundleBuilt, LogEvent.BundleBuilt>? change = null)
    {
        await _world.StartAsync(sending, hasCredential);
        await _world.BlockAsync(BundleSilo.Head);
        return await _world.BuildAsync(change);
    }
}
