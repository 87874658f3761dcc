using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Logs;

/// <summary>Finds the bodies of transactions: in this silo's memory, or in the log. Thread-safe.</summary>
internal sealed class TxBodies(RecentBodies recent, IGrainFactory grains)
{
    /// <summary>The maximum number of pages that are read for one body: 4,000 records, and it is among the first.</summary>
    private const int MaxPages = 4;

    /// <summary>Returns a body; null if the log does not have it.</summary>
    public async ValueTask<LogEvent.TxDecoded?> FindAsync(ChainId chain, Hash256 tx)
    {
        if (recent.Find(chain, tx) is { } kept)
        {
            return kept;
        }

        var (log, after) = (grains.LogReader(chain), GlobalSeq.None);
        for (int pages = 0; pages < MaxPages; pages++)
        {
            var page = await log.ReadKey(EventKey.Tx(tx), after, ScanQuery.MaxLimit);
            foreach (var record in page.Records)
            {
                if (record.View.Kind == LogEvent.TxDecoded.KindNumber)
                {
                    recent.Keep(chain, record.View);
                    return LogEvent.Decode(record.View) as LogEvent.TxDecoded;
                }
            }

            if (page.IsAtEnd)
            {
                break;
            }

            after = page.Next;
        }

        return null;
    }
}
