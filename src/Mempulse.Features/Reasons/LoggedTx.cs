using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Histories;

namespace Mempulse.Features.Reasons;

/// <summary>A transaction's records and the life that they tell.</summary>
internal sealed class LoggedTx
{
    /// <summary>Maximum number of records read: far more than a mainnet transaction has.</summary>
    public const int MaxRecords = 4_096;

    private LoggedTx(Hash256 hash, IReadOnlyList<LoggedRecord> records, TxLife? life)
    {
        (Hash, Records, Life) = (hash, records, life);
    }

    /// <summary>The transaction.</summary>
    public Hash256 Hash { get; }

    /// <summary>Its records, the first <see cref="MaxRecords"/>.</summary>
    public IReadOnlyList<LoggedRecord> Records { get; }

    /// <summary>Its life; null when the log does not have it.</summary>
    public TxLife? Life { get; }

    /// <summary>True when it has more records, sources or steps than were read.</summary>
    public bool IsTruncated => Records.Count == MaxRecords || Life?.IsTruncated == true;

    /// <summary>Reads a transaction.</summary>
    public static LoggedTx Read(ILoggedRecords log, in Hash256 hash)
    {
        var records = log.First(EventKey.Tx(hash), MaxRecords);
        var history = new TxHistory(hash);
        foreach (var record in records)
        {
            history.Add(record.View);
        }

        return new LoggedTx(hash, records, history.Build());
    }

    /// <summary>The last event of a type, with its record; null for none.</summary>
    public (T Event, LoggedRecord Record)? Last<T>()
        where T : LogEvent
    {
        for (int i = Records.Count - 1; i >= 0; i--)
        {
            if (LogEvent.Decode(Records[i].View) is T found)
            {
                return (found, Records[i]);
            }
        }

        return null;
    }

    /// <summary>The positions of the records of a kind.</summary>
    public IEnumerable<GlobalSeq> SeqsOf(EventKind kind) => Records.Where(record => record.View.Kind == kind).Select(static record => record.Seq);

    /// <summary>The time and position at which it was first known before a position; null when it was not.</summary>
    public (UnixNanoseconds At, GlobalSeq Seq)? KnownBefore(GlobalSeq before)
    {
        foreach (var record in Records)
        {
            if (record.Seq >= before)
            {
                return null;
            }

            if (record.View.Kind == LogEvent.TxSeen.KindNumber || record.View.Kind == LogEvent.TxDecoded.KindNumber)
            {
                return (record.View.Timestamp, record.Seq);
            }
        }

        return null;
    }
}
