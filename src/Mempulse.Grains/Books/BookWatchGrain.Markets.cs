using Mempulse.Grains.Abstractions;
using Mempulse.Primitives;

namespace Mempulse.Grains.Books;

/// <summary>Reads lending markets beside the pools: their prices may take longer than a block, which pools must not wait for.</summary>
internal sealed partial class BookWatchGrain
{
    /// <summary>The name of the lane of what is read of markets.</summary>
    private const string MarketLane = "markets";

    private Hash256 _marketsSampledAt;

    private async Task WatchMarketsAsync(MarketReader reader)
    {
        await Task.Yield(); // the caller does not wait for the first look
        string problem = string.Empty;
        int failures = 0;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                string found = await LookAtMarketsAsync(reader, problem);
                if (found != problem && found.Length > 0)
                {
                    LogMarketProblem(log, Chain, found);
                }

                (problem, failures) = (found, found.Length == 0 ? 0 : int.Min(failures + 1, MaxFailures));
                await Task.Delay(options.Value.Interval * (1 << failures), time, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <returns>Why something could not be read or recorded; empty if everything was.</returns>
    private async Task<string> LookAtMarketsAsync(MarketReader reader, string problem)
    {
        try
        {
            var plan = await GrainFactory.Mempool(Chain).GetMarketPlan(options.Value.ReadsAtOnce, options.Value.SamplesPerBlock, problem);
            if (plan is null || (plan.Markets.Count == 0 && (plan.Samples.Count == 0 || plan.Head == _marketsSampledAt)))
            {
                return string.Empty; // nothing is missed
            }

            var readings = await reader.ReadAsync(plan.Head == _marketsSampledAt ? plan with { Samples = [] } : plan, _stop.Token);
            _marketsSampledAt = plan.Samples.Count > 0 ? plan.Head : _marketsSampledAt;
            return await AppendAsync(MarketLane, readings.Facts) is { Length: > 0 } refusal ? refusal : readings.Problem;
        }
#pragma warning disable CA1031 // The watch must not end in silence: /health says what failed, and the next look may succeed.
        catch (Exception failure) when (failure is not OperationCanceledException || !_stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return ProblemOf(failure);
        }
    }
}
