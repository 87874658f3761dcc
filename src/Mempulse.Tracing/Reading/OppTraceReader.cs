using Mempulse.Canon.Reading;
using Mempulse.Outcomes.Traces;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Tracing.Reading;

/// <summary>Reads the trace of one opportunity from a log.</summary>
public static class OppTraceReader
{
    /// <summary>The spans of an opportunity by id; null if the log does not have its detection.</summary>
    /// <param name="log">The log.</param>
    /// <param name="scope">The chain and the depth; the opportunity is set here.</param>
    /// <param name="opportunity">The opportunity.</param>
    /// <param name="progress">Called with the last position that was read, now and then.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static IReadOnlyList<TraceSpan>? Read(ILogReader log, TraceScope scope, Hash256 opportunity, Action<GlobalSeq> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(progress);
        if (log.Find(EventKey.Opp(opportunity), GlobalSeq.None, limit: 1) is not [var detected])
        {
            return null;
        }

        var fold = new TraceFold(scope with { Only = opportunity }, new LogTraceSources(log));
        foreach (var frame in log.ReadFrames(detected, passed: null))
        {
            foreach (var record in frame)
            {
                if (TraceFold.IsWanted(record.Kind) && RecordReading.Decode(record) is { } known)
                {
                    fold.Apply(known);
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            progress(frame.Last);
            if (fold.TakeComplete() is [var complete])
            {
                return complete;
            }
        }

        fold.CompleteAll();
        return fold.TakeComplete() is [var whole] ? whole : null;
    }
}
