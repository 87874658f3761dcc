using Mempulse.JsonRpc.Calls;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.JsonRpc.Tests;

/// <summary>What is remembered about a node's limits, for how long, and how long a request waits, at the exact values.</summary>
public sealed class BatchLimitsTests
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);

    private readonly FakeTimeProvider _time = new();
    private readonly BatchLimits _limits;

    public BatchLimitsTests() => _limits = new BatchLimits(_time);

    [Fact]
    public void A_batch_that_is_too_large_is_halved_down_to_one_and_a_larger_one_later_changes_nothing()
    {
        Assert.Equal(64, _limits.Calls);
        _limits.TooLarge(40);
        Assert.Equal(20, _limits.Calls);
        _limits.TooLarge(64);
        Assert.Equal(20, _limits.Calls);
        _limits.TooLarge(3);
        Assert.Equal(1, _limits.Calls);
        _limits.TooLarge(1);
        Assert.Equal(1, _limits.Calls);
    }

    [Fact]
    public void A_limit_is_tried_again_at_double_the_size_after_each_interval_up_to_the_largest()
    {
        _limits.NoBatches();
        foreach (int expected in (int[])[2, 4, 8, 16, 32, 64, 64])
        {
            _time.Advance(BatchLimits.TrialInterval - s_tick);
            Assert.Equal(Math.Max(expected / 2, expected == 64 ? _limits.Calls : 0), _limits.Calls);
            _time.Advance(s_tick);
            Assert.Equal(expected, _limits.Calls);
        }
    }

    [Fact]
    public void A_refusal_within_the_interval_starts_it_again()
    {
        _limits.TooLarge(64);
        _time.Advance(BatchLimits.TrialInterval - s_tick);
        _limits.TooLarge(32);
        _time.Advance(s_tick);
        Assert.Equal(16, _limits.Calls);
    }

    [Fact]
    public void What_a_method_needs_is_remembered_for_the_interval_and_per_method()
    {
        _limits.AloneOnly("a");
        _limits.Refused("b");
        _time.Advance(BatchLimits.TrialInterval - s_tick);
        Assert.Equal((true, false, false, true), (_limits.IsAloneOnly("a"), _limits.IsAloneOnly("b"), _limits.IsRefused("a"), _limits.IsRefused("b")));
        _time.Advance(s_tick);
        Assert.Equal((false, false), (_limits.IsAloneOnly("a"), _limits.IsRefused("b")));
    }

    [Fact]
    public void Pauses_without_a_stated_time_double_from_a_quarter_second_to_sixteen_seconds() =>
        Assert.Equal([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 16_000, 16_000], Enumerable.Range(0, 9).Select(static attempt => RateGate.DefaultPause(attempt).TotalMilliseconds));

    [Fact]
    public async Task A_closed_gate_holds_for_the_longest_time_that_was_asked_for_and_each_caller_for_its_limit_at_most()
    {
        var gate = new RateGate(_time);
        Assert.Equal(TimeSpan.Zero, await gate.WaitAsync(TimeSpan.FromDays(1), CancellationToken.None));
        gate.Close(TimeSpan.FromSeconds(10));
        gate.Close(TimeSpan.FromSeconds(3));

        var patient = gate.WaitAsync(TimeSpan.FromDays(1), CancellationToken.None).AsTask();
        var impatient = gate.WaitAsync(TimeSpan.FromSeconds(4), CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal((TimeSpan.FromSeconds(4), false), (await impatient, patient.IsCompleted));
        _time.Advance(TimeSpan.FromSeconds(6) - TimeSpan.FromMilliseconds(1));
        Assert.False(patient.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromSeconds(10), await patient);
        Assert.Equal(TimeSpan.Zero, await gate.WaitAsync(TimeSpan.FromDays(1), CancellationToken.None));
    }

    [Fact]
    public async Task Patience_is_spent_over_all_waits_of_a_request_and_then_a_refusal_is_final()
    {
        var gate = new RateGate(_time);
        var patience = new CallPatience(TimeSpan.FromSeconds(5), gate);
        var refusal = Refusals.RpcRefusal.OfStatus(429, TimeSpan.FromSeconds(3));

        var first = patience.TryWaitAsync(refusal, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(await first);
        var second = patience.TryWaitAsync(refusal, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(2)); // what is left of the five
        Assert.True(await second);
        Assert.False(await patience.TryWaitAsync(refusal, CancellationToken.None));
    }
}
