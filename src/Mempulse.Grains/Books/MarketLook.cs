using Mempulse.Grains.Abstractions.Markets;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Primitives;

namespace Mempulse.Grains.Books;

/// <summary>Reads lending markets beside the pools: their prices may take longer than a block, which pools must not wait for.</summary>
internal sealed class MarketLook(IMempoolGrain fold, Func<MarketPlan, CancellationToken, Task<BookReadings>> read, FactLane lane, BookWatchOptions options) : ILook
{
    private Hash256 _sampledAt;

    /// <inheritdoc/>
    public async Task<string> LookAsync(string problem, CancellationToken cancellationToken)
    {
        if (await fold.GetMarketPlan(options.ReadsAtOnce, options.SamplesPerBlock, problem) is not { } asked)
        {
            return string.Empty;
        }

        var plan = asked.Head == _sampledAt ? asked with { Samples = [] } : asked;
        if (plan.Markets.Count == 0 && plan.Samples.Count == 0)
        {
            return string.Empty; // nothing is missed
        }

        var readings = await read(plan, cancellationToken);
        _sampledAt = plan.Samples.Count > 0 ? plan.Head : _sampledAt;
        return await lane.AppendAsync(readings.Facts) is { Length: > 0 } refusal ? refusal : readings.Problem;
    }
}
