using Mempulse.Builder.Dialects;
using Mempulse.Builder.Requests;
using Mempulse.Builder.Sending;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.RelaySim;
using Mempulse.RelaySim.Bundles;
using Mempulse.RelaySim.Faults;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Builder.Tests.Sending;

/// <summary>Schedule, client and builder together: what is recorded before and after each attempt is what the builder received. Real HTTP on loopback.</summary>
public sealed class RepeatedAttemptTests : IDisposable
{
    private static readonly RelayDialect Dialect = RelayDialects.Find("titan")!;
    private static readonly RetrySchedule Schedule = new(RetryPolicy.Default, RetrySchedule.SeedOf(MadeBundles.Plain().Id, Dialect.Name));

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
    private readonly RelayHttp _http = new();
    private readonly List<string> _record = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Two_rate_limits_are_waited_for_and_the_builder_has_the_bundle_once()
    {
        await using var relay = await StartAsync();
        relay.Faults.Plan(RelayFault.TooManyRequests, RelayFault.TooManyRequestsForSeconds);

        var result = await RunAsync(relay);

        Assert.Equal(MadeBundles.Plain().ComputeBundleHash(), result.Answer.NamedHash);
        Assert.Equal(
            [
                "started 1 after 0", "ended 1 RateLimited",
                $"started 2 after {Schedule.DelayBefore(2, null)!.Value.Ticks}", "ended 2 RateLimited",
                $"started 3 after {TimeSpan.FromSeconds(FaultSeconds).Ticks}", "ended 3 None",
            ],
            _record);
        Assert.Equal(BundleFate.Waiting, Assert.Single(relay.Pool.All).Fate);
    }

    [Fact]
    public async Task An_answer_that_leaves_it_open_is_the_last_one_even_if_the_builder_forgot_the_bundle()
    {
        await using var relay = await StartAsync();
        relay.Faults.Plan(RelayFault.Unavailable, RelayFault.GatewayTimeout);

        var result = await RunAsync(relay);

        Assert.Equal((ErrorClass.GatewayTimeout, AttemptConsequence.Unknown), (result.Answer.Class, result.Answer.Consequence));
        Assert.Equal(2, relay.Requests.Count);
        Assert.Single(relay.Pool.All);
    }

    /// <summary>What the simulated builder asks for with Retry-After.</summary>
    private const int FaultSeconds = 1;

    private async Task<AttemptResult> RunAsync(RelaySimulator relay)
    {
        using var client = new HttpRelayClient(Dialect, new RelayAddresses(relay.Address, null), _http, _time, TimeSpan.FromHours(1));
        var running = RelayRetry.RunAsync(Schedule, 1, AttemptAsync, _time, Stop);
        await Until.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
                return running.IsCompleted;
            },
            "the attempts end");
        return await running;

        async ValueTask<AttemptResult> AttemptAsync(PlannedAttempt attempt, CancellationToken cancellationToken)
        {
            _record.Add($"started {attempt.Number} after {attempt.Backoff.Ticks}");
            var request = RelayRequestWriter.Write(Dialect, new RelayCommand.Send(MadeBundles.Plain()), (ulong)attempt.Number, null);
            var result = await client.SendAsync(request, cancellationToken);
            _record.Add($"ended {attempt.Number} {result.Answer.Class}");
            return result;
        }
    }

    private async Task<RelaySimulator> StartAsync()
    {
        var relay = await RelaySimulator.StartAsync(new SimulatorPlan { Dialect = Dialect, Time = _time }, Stop);
        relay.Head = new BlockNumber(20_999_999);
        return relay;
    }
}
