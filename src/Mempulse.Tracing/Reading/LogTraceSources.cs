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

    private LoggedEvent? FirstWith(EventKey key)
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
