using Mempulse.Canon.Format;
using Mempulse.Canon.Reading;
using Mempulse.Outcomes.Histories;
using Mempulse.Outcomes.Traces;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Tracing.Reading;

/// <summary>Earlier records of a log, found by its key index.</summary>
internal sealed class LogTraceSources(ILogReader log) : ITraceSources
{
    public LoggedEvent? FirstOf(Hash256 tx) => FirstWith(EventKey.Tx(tx));

    public LoggedEvent? DetectionOf(Hash256 opportunity) => FirstWith(EventKey.Opp(opportunity));

    /// <summary>The first record with a key; null if the log does not have it any more, or where it is damaged.</summary>
    private LoggedEvent? FirstWith(EventKey key)
    {
        try
        {
            return Read(key);
        }
        catch (Exception gone) when (gone is LogCorruptException or LogTruncatedException)
        {
            return null;
        }
    }

    private LoggedEvent? Read(EventKey key)
    {
        if (log.Find(key, GlobalSeq.None, limit: 1) is not [var seq] || log.Read(seq, maxBytes: 1) is not { } single)
        {
            return null;
        }

        foreach (var record in single)
        {
            return RecordReading.Decode(record);
        }

        return null;
    }
}
