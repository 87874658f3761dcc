using Mempulse.Dashboard.Feed;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Dashboard.Screens.Replays;

/// <summary>Reads what the screen of replays shows. The node replays; nothing is computed here.</summary>
internal sealed class ReplayReader
{
    private const int MaxReorgs = 64;
    private const int MaxBlockRecords = 16;

    private static readonly TimeSpan _period = TimeSpan.FromSeconds(2);

    private readonly IGrainFactory _grains;
    private readonly LiveFeed _feed;
    private readonly SharedWork<ReplayAnswer> _ranges;
    private readonly SharedWork<SearchAnswer> _searches;
    private readonly SharedReading<IReadOnlyList<EventLine>> _reorgs;
    private readonly Queue<EventLine> _knownReorgs = new();
    private GlobalSeq _reorgsThrough;

    /// <summary>Creates a reader.</summary>
    public ReplayReader(IGrainFactory grains, LiveFeed feed, TimeProvider time)
    {
        (_grains, _feed) = (grains, feed);
        _ranges = new SharedWork<ReplayAnswer>((first, last) => grains.Replays(feed.Chain).Replay(first, last).AsTask(), static answer => IsFinal(answer.Outcome), time);
        _searches = new SharedWork<SearchAnswer>((first, last) => grains.Replays(feed.Chain).Search(first, last).AsTask(), static answer => IsFinal(answer.Outcome), time);
        _reorgs = new SharedReading<IReadOnlyList<EventLine>>(FindReorgsAsync, _period, time);
    }

    /// <summary>The states at two positions; null until the node has answered.</summary>
    public Task<ReplayAnswer?> RangeAsync(GlobalSeq first, GlobalSeq last) => _ranges.ReadAsync(first, last);

    /// <summary>The first divergence between two positions; null until the node has answered.</summary>
    public Task<SearchAnswer?> SearchAsync(GlobalSeq first, GlobalSeq last) => _searches.ReadAsync(first, last);

    /// <summary>The last reorgs of the log. A long log is read in parts, one each time.</summary>
    public Task<IReadOnlyList<EventLine>> ReorgsAsync() => _reorgs.ReadAsync();

    /// <summary>Ends the work over a range. It is not begun again by those who still look at it.</summary>
    public Task CancelAsync(GlobalSeq first, GlobalSeq last)
    {
        string detail = $"The work on {first} to {last} was cancelled.";
        _ranges.End(first, last, new ReplayAnswer { Outcome = ReplayOutcome.Cancelled, Detail = detail });
        _searches.End(first, last, new SearchAnswer { Outcome = ReplayOutcome.Cancelled, Detail = detail });
        return _grains.Replays(_feed.Chain).Cancel(first, last).AsTask(); // after that, so that no request in between begins it anew
    }

    /// <summary>Forgets that a range was cancelled or failed.</summary>
    public void Again(GlobalSeq first, GlobalSeq last)
    {
        _ranges.Forget(first, last);
        _searches.Forget(first, last);
    }

    /// <summary>The events from a position on.</summary>
    public async Task<IReadOnlyList<EventLine>> EventsAsync(GlobalSeq from, int count)
    {
        var after = new GlobalSeq(from.Value - Math.Min(1, from.Value));
        var page = await _grains.LogReader(_feed.Chain).Scan(new ScanQuery(after, [], count)).ConfigureAwait(false);
        return [.. page.Records.Select(EventLine.Of)];
    }

    /// <summary>The position of a block that the log has, by its hash, or by its height if no reorg can undo the one below it; null if it is not found.</summary>
    public async Task<GlobalSeq?> FindBlockAsync(string text)
    {
        Hash256? hash = Hash256.TryParse(text, out var given) ? given : null;
        if (hash is null && ulong.TryParse(text, out ulong height))
        {
            var blocks = await _grains.Mempool(_feed.Chain).CanonicalBlocks().ConfigureAwait(false) ?? [];
            hash = blocks.FirstOrDefault(block => block.Number.Value == height)?.Hash;
        }

        if (hash is not { } block)
        {
            return null;
        }

        var page = await _grains.LogReader(_feed.Chain).ReadKey(EventKey.Block(block), GlobalSeq.None, MaxBlockRecords).ConfigureAwait(false);
        return page.Records.FirstOrDefault(static record => record.View.Kind == LogEvent.BlockObserved.KindNumber)?.Seq;
    }

    private static bool IsFinal(ReplayOutcome outcome) => outcome is not (ReplayOutcome.Running or ReplayOutcome.Busy);

    private async Task<IReadOnlyList<EventLine>> FindReorgsAsync()
    {
        var page = await _grains.LogReader(_feed.Chain).Scan(new ScanQuery(_reorgsThrough, [(ushort)LogEvent.ReorgDetected.KindNumber], ScanQuery.MaxLimit)).ConfigureAwait(false);
        _reorgsThrough = page.Next;
        foreach (var record in page.Records)
        {
            _knownReorgs.Enqueue(EventLine.Of(record));
            if (_knownReorgs.Count > MaxReorgs)
            {
                _knownReorgs.Dequeue();
            }
        }

        return [.. _knownReorgs.Reverse()];
    }
}
