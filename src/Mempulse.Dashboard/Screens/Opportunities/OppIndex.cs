using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>What the log says about the last opportunities and bundles, kept up with it. Confined to the reader that calls it.</summary>
/// <remarks>Bounded: the oldest entries make room. What an opportunity was, and its whole chain, is read from the log's key index when it is opened.</remarks>
internal sealed class OppIndex
{
    /// <summary>Records behind the end of the log at which counting begins, so that a long log is not read whole.</summary>
    public const ulong MaxRecordsBehind = 1_000_000;

    private const int MaxDetected = 4_096;
    private const int MaxBundles = 1_024;
    private const int MaxMisses = 64;

    private readonly RecentEntries<OppTrack> _opportunities = new(MaxDetected);
    private readonly RecentEntries<BundleTrack> _bundles = new(MaxBundles);
    private readonly Queue<NearMiss> _misses = new();
    private readonly CauseCounts _byStrategy = new();
    private readonly CauseCounts _simulated = new();
    private readonly CauseCounts _attempts = new();
    private readonly CauseCounts _outcomes = new();

    /// <summary>The kinds of events that are read.</summary>
    public static IReadOnlyList<ushort> Kinds { get; } =
    [
        (ushort)LogEvent.OppDetected.KindNumber, (ushort)LogEvent.OppInvalidated.KindNumber, (ushort)LogEvent.OppExpired.KindNumber, (ushort)LogEvent.OppReopened.KindNumber, (ushort)LogEvent.SimCompleted.KindNumber, (ushort)LogEvent.BundleBuilt.KindNumber, (ushort)LogEvent.AttemptRefused.KindNumber,
        (ushort)LogEvent.AttemptStarted.KindNumber, (ushort)LogEvent.RelayAttempt.KindNumber, (ushort)LogEvent.BundleOutcome.KindNumber,
    ];

    /// <summary>The last position that was read; null before the first reading.</summary>
    public GlobalSeq? At { get; private set; }

    /// <summary>The position after which reading began.</summary>
    public GlobalSeq Start { get; private set; }

    /// <summary>Simulations that ran and gained nothing, the nearest to a gain first.</summary>
    public IReadOnlyList<NearMiss> Misses => [.. _misses.OrderBy(static miss => miss.Loss.Value).ThenBy(static miss => miss.Detected.Opp)];

    /// <summary>The counts.</summary>
    public OppTotals Totals => new(Start.Next.Value, (At ?? GlobalSeq.None).Value, _byStrategy.Ordered, _simulated.Ordered, _attempts.Ordered, _outcomes.Ordered);

    /// <summary>Begins at a position.</summary>
    public void Begin(GlobalSeq watermark)
    {
        Start = new GlobalSeq(watermark.Value > MaxRecordsBehind ? watermark.Value - MaxRecordsBehind : 0);
        At = Start;
    }

    /// <summary>Takes a page of the log.</summary>
    public void Take(RecordPage page)
    {
        foreach (var record in page.Records)
        {
            Take(LogEvent.Decode(record.View), record.View.Timestamp);
        }

        At = page.Next;
    }

    /// <summary>The opportunities that are held, the newest first.</summary>
    public IEnumerable<OppTrack> Newest(int count) => _opportunities.Newest(count);

    private void Take(LogEvent? next, UnixNanoseconds at)
    {
        switch (next)
        {
            case LogEvent.OppDetected detected:
                _byStrategy.Add(detected.Strategy);
                _opportunities.Set(detected.Opp, new OppTrack(detected, at));
                break;
            case LogEvent.OppInvalidated ended:
                Find(ended.Opp)?.Take(ended);
                break;
            case LogEvent.OppExpired ended:
                Find(ended.Opp)?.Take(ended);
                break;
            case LogEvent.OppReopened reopened:
                Find(reopened.Opp)?.Take(reopened);
                break;
            case LogEvent.SimCompleted { Opportunity: { } opp } sim:
                Take(sim, opp);
                break;
            case LogEvent.BundleBuilt built:
                Take(built);
                break;
            case LogEvent.AttemptRefused refused:
                _attempts.Add("refused by preflight");
                FindBundle(refused.Bundle)?.Take(refused);
                break;
            case LogEvent.AttemptStarted started:
                FindBundle(started.Bundle)?.Take(started);
                break;
            case LogEvent.RelayAttempt answered:
                _attempts.Add(AnswerText.CauseOf(answered));
                break;
            case LogEvent.BundleOutcome outcome:
                Take(outcome);
                break;
            default:
                break;
        }
    }

    private void Take(LogEvent.SimCompleted sim, Hash256 opp)
    {
        bool isGain = !sim.Profit.IsLoss && !sim.Profit.Amount.Value.IsZero;
        _simulated.Add(sim.Category != FailureCategory.None ? Words.Split(OutcomeName.Of(sim.Category)) : isGain ? "profit" : "no profit");
        var found = Find(opp);
        found?.Take(sim);
        if (sim.Category == FailureCategory.None && !isGain && found is { Detected.Purpose: OppPurpose.Gain })
        {
            _misses.Enqueue(new NearMiss(found.Detected, sim.Profit.Amount));
            if (_misses.Count > MaxMisses)
            {
                _misses.Dequeue();
            }
        }
    }

    private void Take(LogEvent.BundleBuilt built)
    {
        var bundle = new BundleTrack(built);
        _bundles.Set(built.Bundle, bundle);
        foreach (var opp in built.Opportunities)
        {
            if (Find(opp) is { } opportunity)
            {
                opportunity.Bundle = bundle;
            }
        }
    }

    private void Take(LogEvent.BundleOutcome outcome)
    {
        var bundle = FindBundle(outcome.Bundle);
        if (bundle?.Outcome is { } before)
        {
            _outcomes.Add(Words.Spaced(VerdictName.Of(before.Verdict)), -1); // a later verdict replaces it
        }

        _outcomes.Add(Words.Spaced(VerdictName.Of(outcome.Verdict)));
        bundle?.Take(outcome);
    }

    private OppTrack? Find(Hash256 opp) => _opportunities.TryGet(opp, out var track) ? track : null;

    private BundleTrack? FindBundle(Hash256 bundle) => _bundles.TryGet(bundle, out var track) ? track : null;
}
