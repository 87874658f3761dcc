using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Outcomes.Traces;

/// <summary>Turns the records of a log into the spans of its opportunities' traces.</summary>
/// <remarks>
/// Trace and span ids follow from opportunities and positions, and times are those of the records. So a trace that is derived while the log
/// grows, after a restart, or from the log of last year is the same. Bounded; what is beyond a bound is counted. Confined to one thread at a time.
/// </remarks>
public sealed class TraceFold(TraceScope scope, ITraceSources sources)
{
    private readonly SortedDictionary<Hash256, OpenTrace> _traces = [];
    private readonly SortedDictionary<Hash256, OpenBundle> _bundles = [];
    private readonly RecentBlocks _blocks = new();
    private readonly List<TraceSpan> _ended = [];
    private readonly List<IReadOnlyList<TraceSpan>> _complete = [];
    private GlobalSeq _now;

    /// <summary>Kinds of records that make spans; no other one needs to be decoded for <see cref="Apply"/>.</summary>
    public static bool IsWanted(EventKind kind) => kind
        is LogEvent.BlockObserved.KindNumber
        or LogEvent.OppDetected.KindNumber or LogEvent.OppReopened.KindNumber or LogEvent.OppInvalidated.KindNumber or LogEvent.OppExpired.KindNumber
        or LogEvent.SimCompleted.KindNumber
        or LogEvent.BundleBuilt.KindNumber or LogEvent.BundleStale.KindNumber or LogEvent.BundleCancelled.KindNumber
        or LogEvent.AttemptRefused.KindNumber or LogEvent.AttemptStarted.KindNumber or LogEvent.RelayAttempt.KindNumber
        or LogEvent.CompetitionExamined.KindNumber or LogEvent.BundleOutcome.KindNumber;

    /// <summary>Spans that a bound left out.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Traces that are not complete.</summary>
    public int Open => _traces.Count;

    /// <summary>Where the first trace that is not complete begins; null if all are. A fold that begins there continues all of them.</summary>
    public GlobalSeq? Oldest => _traces.Count == 0 ? null : new GlobalSeq(_traces.Values.Min(static trace => trace.DetectedAt.Value));

    /// <summary>Applies the next record.</summary>
    /// <returns>The spans that end with it. The list is valid until the next call.</returns>
    public IReadOnlyList<TraceSpan> Apply(LoggedEvent record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _ended.Clear();
        _now = record.Seq;
        switch (record.Event)
        {
            case LogEvent.BlockObserved block:
                Advance(record, block);
                break;
            case LogEvent.OppDetected detected when detected.IsHandedOn || scope.Only == detected.Opp:
                Find(detected.Opp, record);
                break;
            case LogEvent.OppReopened reopened when (reopened.IsHandedOn || _traces.ContainsKey(reopened.Opp)) && Find(reopened.Opp) is { } trace:
                trace.Ready = record.At;
                End(trace, OppSpans.Reopen(trace, record, reopened));
                break;
            case LogEvent.OppInvalidated { Opp: var opp } ended when _traces.TryGetValue(opp, out var trace):
                End(trace, OppSpans.End(trace, record, ended.Reason, ended.By));
                break;
            case LogEvent.OppExpired { Opp: var opp } ended when _traces.TryGetValue(opp, out var trace):
                End(trace, OppSpans.End(trace, record, ended.Reason, by: null));
                break;
            case LogEvent.SimCompleted { Opportunity: { } opp } sim when Find(opp) is { } trace:
                End(trace, OppSpans.Simulate(trace, record, sim, _blocks.Later(trace.Ready, sim.Base, trace.OpenedAt)));
                trace.Ready = record.At;
                trace.IsAbout(sim.BaseNumber);
                break;
            case LogEvent.BundleBuilt built:
                Build(record, built);
                break;
            default:
                ApplyToBundle(record);
                break;
        }

        return _ended;
    }

    /// <summary>Returns the traces that became complete since the last call, each whole, its spans by id.</summary>
    public IReadOnlyList<IReadOnlyList<TraceSpan>> TakeComplete()
    {
        IReadOnlyList<TraceSpan>[] taken = [.. _complete];
        _complete.Clear();
        return taken;
    }

    /// <summary>Completes all traces as they are: the log ends here.</summary>
    public void CompleteAll()
    {
        foreach (var trace in _traces.Values.ToArray())
        {
            Complete(trace);
        }
    }

    private void Advance(LoggedEvent record, LogEvent.BlockObserved block)
    {
        _blocks.Add(block.Hash, record.Seq, record.At);
        foreach (var trace in _traces.Values.Where(trace => block.Number.Value >= trace.LastBlock + scope.DepthBlocks).ToArray())
        {
            Complete(trace);
        }
    }

    private void Build(LoggedEvent record, LogEvent.BundleBuilt built)
    {
        bool isTraced = false;
        foreach (var opp in built.Opportunities)
        {
            if (Find(opp) is { } trace)
            {
                isTraced = true;
                trace.Has(built.Bundle);
                trace.IsAbout(built.Target);
                End(trace, BundleSpans.Build(record, built, trace, _blocks.Later(trace.Ready, built.Base, trace.OpenedAt)));
            }
        }

        if (isTraced)
        {
            _bundles[built.Bundle] = new OpenBundle(record, built);
        }
    }

    private void ApplyToBundle(LoggedEvent record)
    {
        if (!record.Event.Keys.TryGet(KeyKind.Bundle, out var key) || !_bundles.TryGetValue(key, out var bundle))
        {
            return;
        }

        if (record.Event is LogEvent.AttemptStarted started)
        {
            bundle.Begin(record, started);
            return;
        }

        var begun = record.Event is LogEvent.RelayAttempt answer ? bundle.Answer(answer) : null;
        foreach (var opp in bundle.Built.Opportunities)
        {
            var span = begun is { } attempt ? BundleSpans.Try(bundle, opp, attempt.Record, attempt.Started, record) : BundleSpans.Of(bundle, opp, record);
            if (span is not null && _traces.TryGetValue(opp, out var trace) && trace.Bundles.Contains(key)) // one that began again after it was complete has no span of the bundle
            {
                trace.IsAbout(record.Event is LogEvent.BundleOutcome outcome ? outcome.Number : default);
                End(trace, span);
            }
        }
    }

    private void Complete(OpenTrace trace)
    {
        foreach (var id in trace.Bundles)
        {
            if (_bundles.TryGetValue(id, out var bundle))
            {
                foreach (var (record, started) in bundle.Unanswered)
                {
                    Keep(trace, BundleSpans.Try(bundle, trace.Opp, record, started, answered: null));
                }
            }
        }

        _traces.Remove(trace.Opp);
        foreach (var id in trace.Bundles.Where(id => _bundles.TryGetValue(id, out var bundle) && !bundle.Built.Opportunities.Any(_traces.ContainsKey)).ToArray())
        {
            _bundles.Remove(id);
        }

        _complete.Add([.. trace.Spans.OrderBy(static span => span.Id.Value)]);
    }

    private void End(OpenTrace trace, TraceSpan span)
    {
        if (Keep(trace, span) is { } kept)
        {
            _ended.Add(kept);
        }
    }

    private TraceSpan? Keep(OpenTrace trace, TraceSpan span)
    {
        var kept = trace.TryAdd(span, scope.MaxSpans);
        LeftOut += kept is null ? 1 : 0;
        return kept;
    }

    /// <summary>The trace of an opportunity, which begins now if it is not open; null if it is not traced.</summary>
    private OpenTrace? Find(Hash256 opp, LoggedEvent? detection = null)
    {
        if (_traces.TryGetValue(opp, out var open))
        {
            return open;
        }

        if (scope.Only is { } only && only != opp)
        {
            return null;
        }

        detection ??= sources.DetectionOf(opp);
        if (_traces.Count >= scope.MaxTraces || detection?.Event is not LogEvent.OppDetected detected || detection.Seq > _now)
        {
            LeftOut++;
            return null;
        }

        var trace = new OpenTrace(detection, detected, _now);
        _traces.Add(opp, trace);
        End(trace, OppSpans.Detect(scope.Chain, detection, detected, sources.FirstOf(detected.Trigger)));
        return trace;
    }
}
