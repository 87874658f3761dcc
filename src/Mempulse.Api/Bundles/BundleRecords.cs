using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Api.Bundles;

/// <summary>The records of a bundle, through the log's key index.</summary>
/// <param name="History">What they tell.</param>
/// <param name="Records">The records, in the order of the log.</param>
/// <param name="AsOf">The position up to which the log was read.</param>
/// <param name="IsTruncated">True when the log has more of them than one answer can hold.</param>
internal sealed record BundleRecords(BundleHistory History, IReadOnlyList<SequencedRecord> Records, GlobalSeq AsOf, bool IsTruncated)
{
    /// <summary>The maximum number of pages in one answer: 4,000 records, far more than a bundle has.</summary>
    private const int MaxPages = 4;

    /// <summary>Reads them; null when the log does not have the bundle.</summary>
    public static async Task<BundleRecords?> ReadAsync(IGrainFactory grains, ChainId chain, Hash256 bundle)
    {
        var log = grains.LogReader(chain);
        List<SequencedRecord> records = [];
        RecordPage page;
        var after = GlobalSeq.None;
        int pages = 0;
        do
        {
            page = await log.ReadKey(EventKey.Bundle(bundle), after, ScanQuery.MaxLimit);
            records.AddRange(page.Records);
            after = page.Next;
        }
        while (!page.IsAtEnd && ++pages < MaxPages);

        List<LoggedEvent> events = [];
        foreach (var record in records)
        {
            var view = record.View;
            if (LogEvent.Decode(view) is { } known)
            {
                events.Add(new LoggedEvent(record.Seq, view.Timestamp, view.Cause, known));
            }
        }

        return BundleHistory.Of(events) is { } history ? new BundleRecords(history, records, page.Next, !page.IsAtEnd) : null;
    }
}
