using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Primitives;

namespace Mempulse.Grains.Books;

/// <summary>Reads pools that the fold asks for, and holds a sample against the chain at each block.</summary>
/// <remarks>A reading that is lost is asked for again by the fold. What is kept here only spares the source questions that it has answered at this block.</remarks>
internal sealed class PoolLook(IMempoolGrain fold, Func<BookPlan, CancellationToken, Task<BookReadings>> read, FactLane lane, BookWatchOptions options) : ILook
{
    /// <summary>Pools in one plan at most, with those that the source does not have.</summary>
    private const int MaxPlanned = 8_192;

    private readonly HashSet<PlannedPool> _unread = []; // at the block of the last plan
    private Hash256 _unreadAt;
    private Hash256 _sampledAt;

    /// <inheritdoc/>
    public async Task<string> LookAsync(string problem, CancellationToken cancellationToken)
    {
        int wanted = options.ReadsAtOnce == 0 ? 0 : int.Min(options.ReadsAtOnce + _unread.Count, MaxPlanned);
        if (await fold.GetBookPlan(wanted, options.SamplesPerBlock, problem, _unread.Count) is not { } asked)
        {
            return string.Empty;
        }

        var plan = Left(asked);
        if (plan.Wanted.Count == 0 && plan.Samples.Count == 0)
        {
            return string.Empty; // nothing is missed
        }

        var readings = await read(plan, cancellationToken);
        _sampledAt = plan.Samples.Count > 0 ? plan.Head : _sampledAt;
        _unread.UnionWith(readings.Unread);
        return await lane.AppendAsync(readings.Facts) is { Length: > 0 } refusal ? refusal : readings.Problem;
    }

    /// <summary>The plan without the pools that the source does not have at this block, so that they do not stand before the others, and without samples taken at it.</summary>
    private BookPlan Left(BookPlan plan)
    {
        if (plan.Head != _unreadAt)
        {
            _unread.Clear();
            _unreadAt = plan.Head;
        }

        return plan with
        {
            Wanted = [.. plan.Wanted.Where(pool => !_unread.Contains(pool)).Take(options.ReadsAtOnce)],
            Samples = plan.Head == _sampledAt ? [] : plan.Samples,
        };
    }
}
