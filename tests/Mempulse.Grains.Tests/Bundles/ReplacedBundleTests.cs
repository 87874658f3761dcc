using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Bundles;
using Mempulse.Grains.Tests.Hosting;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.RelaySim;
using Mempulse.RelaySim.Bundles;
using Mempulse.RelaySim.Faults;
using Mempulse.Testing.Scenarios;
using Mempulse.Testing.Waiting;

namespace Mempulse.Grains.Tests.Bundles;

/// <summary>A bundle that takes the place of another one: a relay that has the old one and does not get the new one is asked to forget it, and only such a relay.</summary>
public sealed class ReplacedBundleTests : IAsyncLifetime
{
    private static readonly Hash256 s_second = Named.Tx("second");

    private readonly BundleSilo _world = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_relay_that_refuses_the_replacement_is_asked_to_forget_what_it_has()
    {
        var (refuses, first) = await SentAsync();
        await ReplaceAsync(first);
        refuses.Faults.Plan(RelayFault.Redirect);

        await _world.AdvanceAsync(s_second);

        var cancelled = await CancelledAsync();
        Assert.Equal((first, "relay-0", 1, ErrorClass.None), (cancelled.Bundle, cancelled.Relay, cancelled.Number, cancelled.Class));
        Assert.Equal(BundleFate.Cancelled, refuses.Pool.All[0].Fate);
    }

    [Fact]
    public async Task A_relay_that_takes_the_replacement_is_not_asked_to_forget_anything()
    {
        var (takes, first) = await SentAsync();
        await ReplaceAsync(first);
        await _world.AdvanceAsync(first); // as the look that built the replacement does

        await _world.AdvanceAsync(s_second);
        await _world.FactsAsync<LogEvent.RelayAttempt>(2);
        await _world.SettledAsync(s_second);
        await _world.AdvanceAsync(s_second);
        await _world.AdvanceAsync(first);

        Assert.Equal([BundleFate.Replaced, BundleFate.Waiting], takes.Pool.All.Select(static bundle => bundle.Fate));
        Assert.DoesNotContain(await _world.FactsAsync<LogEvent.AttemptStarted>(2), static attempt => attempt.Command == RelayCommandKind.CancelBundle);
    }

    [Fact]
    public async Task A_stop_before_the_relay_was_asked_is_made_up_for_by_the_next_look()
    {
        var (relay, first) = await SentAsync();
        await ReplaceAsync(first);
        await _world.RecordAsync(content: null, new LogEvent.AttemptRefused(s_second, "relay-0", RelayCommandKind.SendBundle, PreflightRule.CredentialMissing, "It does not leave.", IsDryRun: false));
        await _world.StartAsync();

        await _world.AdvanceAsync(s_second);

        Assert.Equal(first, (await CancelledAsync()).Bundle);
        Assert.Equal(BundleFate.Cancelled, Assert.Single(relay.Pool.All).Fate);
    }

    [Fact]
    public async Task A_relay_that_was_asked_is_not_asked_again()
    {
        var (relay, first) = await SentAsync();
        await ReplaceAsync(first);
        relay.Faults.Plan(RelayFault.Redirect);
        await _world.AdvanceAsync(s_second);
        await CancelledAsync();
        int requests = relay.Requests.Count;

        await _world.AdvanceAsync(s_second);
        await _world.AdvanceAsync(first);
        await _world.StartAsync();
        await _world.AdvanceAsync(s_second);

        Assert.Equal(requests, relay.Requests.Count);
        Assert.Null((await _world.Silo.Grains.Mempool(TestSilo.Chain).GetBundleTask(s_second, ["relay-0"]))!.Relays[0].AlsoHeld);
    }

    /// <summary>A relay accepts a bundle.</summary>
    private async Task<(RelaySimulator Relay, Hash256 Bundle)> SentAsync()
    {
        var relay = await _world.AddRelayAsync("titan");
        await _world.StartAsync(BundleSending.Live);
        await _world.BlockAsync(BundleSilo.Head);
        var first = await _world.BuildAsync();
        await _world.AdvanceAsync(first);
        await _world.SettledAsync(first);
        return (relay, first);
    }

    /// <summary>Another bundle is built that takes its place.</summary>
    private async Task ReplaceAsync(Hash256 first)
    {
        await _world.BuildAsync(built => built with { Bundle = s_second, Sequence = 2, Replaces = first });
        await _world.RecordAsync(content: null, new LogEvent.BundleCancelled(first, BundleEnd.Replaced, s_second));
    }

    /// <summary>The answer to the request to forget a bundle, once there is one.</summary>
    private async Task<LogEvent.RelayAttempt> CancelledAsync()
    {
        LogEvent.RelayAttempt? found = null;
        await Until.TrueAsync(
            async () => (found = (await _world.FactsAsync<LogEvent.RelayAttempt>(1)).FirstOrDefault(static attempt => attempt.Command == RelayCommandKind.CancelBundle)) is not null,
            "the relay is asked to forget a bundle");
        return found!;
    }
}
