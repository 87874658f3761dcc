using System.Text;
using CsCheck;
using Mempulse.Outcomes.Histories;
using Mempulse.Outcomes.Traces;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;
using Mempulse.Tracing.Otlp;
using Mempulse.Tracing.Tests.Stories;

namespace Mempulse.Tracing.Tests.Exporting;

/// <summary>Random histories: what is exported live, after a restart at any position and from the log is the same.</summary>
public sealed class TraceFoldTests
{
    private static readonly string[] s_opps = ["a", "b", "c"];
    private static readonly string[] s_bundles = ["x", "y"];
    private static readonly string[] s_relays = ["titan", "flashbots"];

    private static readonly Gen<List<LoggedEvent>> s_history =
        from steps in Gen.Select(Gen.Int[0, 11], Gen.Int[0, 2], Gen.Int[0, 1], Gen.Int[1, 3]).Array[5, 60] // kind of step, opportunity, bundle, number
        select History(steps);

    [Fact]
    public void Live_spans_are_those_of_the_whole_trace_and_hang_together() => s_history.Sample(static history =>
    {
        var (live, complete) = Run(history, GlobalSeq.None, history.Count);

        var whole = complete.SelectMany(static trace => trace).ToList();
        var unanswered = whole.Where(static span => span.Problem == "no answer is on record").ToList();
        Assert.Equal(live.Select(Text).Distinct().Order(StringComparer.Ordinal), whole.Except(unanswered).Select(Text).Distinct().Order(StringComparer.Ordinal));
        Assert.All(complete, static trace => Assert.All(trace, span => Assert.True(span.Start <= span.End && (span.Parent == GlobalSeq.None ? span.Name == SpanName.Detect : trace.Any(parent => parent.Id == span.Parent)))));
        Assert.All(complete, static trace => Assert.Equal(trace.Count, trace.Select(static span => span.Id).Distinct().Count()));
    });

    [Fact]
    public void A_fold_that_begins_where_the_first_open_trace_does_continues_all_of_them() => Gen.Select(s_history, Gen.Int[0, 60]).Sample(static (history, at) =>
    {
        int cut = Math.Min(at, history.Count);
        var (all, completeAll) = Run(history, GlobalSeq.None, history.Count);
        var (before, completeBefore) = Run(history, GlobalSeq.None, cut, out var oldest, completes: false);
        var from = oldest ?? new GlobalSeq((ulong)cut + 1);

        var (after, completeAfter) = Run([.. history.Where(record => record.Seq >= from)], from, int.MaxValue, history, reportedFrom: new GlobalSeq((ulong)cut + 1));

        Assert.Equal(all.Select(Text), before.Concat(after).Select(Text));
        Assert.Equal(completeAll.Select(static trace => string.Join('\n', trace.Select(Text))), completeBefore.Concat(completeAfter).Select(static trace => string.Join('\n', trace.Select(Text))));
    });

    [Fact]
    public void Times_of_another_clock_do_not_stretch_a_trace()
    {
        const long Year = 31_536_000_000_000_000;
        var history = History([(11, 0, 0, 1), (1, 0, 0, 1), (2, 0, 0, 1), (7, 0, 0, 1)]);
        var today = history[1].At;
        history[0] = history[0] with { At = new UnixNanoseconds(today.Value - (2 * Year)) }; // a capture
        history[3] = history[3] with { At = new UnixNanoseconds(today.Value - Year) };

        var (live, _) = Run(history, GlobalSeq.None, history.Count);

        Assert.Equal(
            [(SpanName.Detect, today, today), (SpanName.Simulate, today, history[2].At), (SpanName.End, history[2].At, history[2].At)],
            live.Select(static span => (span.Name, span.Start, span.End)));
    }

    [Fact]
    public void Traces_and_spans_are_bounded_and_what_is_left_out_is_counted()
    {
        var history = History([(1, 0, 0, 1), (1, 1, 0, 1), (2, 0, 0, 1), (2, 0, 0, 1), (2, 0, 0, 1)]);
        var fold = new TraceFold(new TraceScope(TraceStory.Chain, 3) { MaxTraces = 1, MaxSpans = 2 }, new Sources(history, history.Count));

        var spans = history.SelectMany(record => fold.Apply(record).ToArray()).ToList();

        Assert.Equal([SpanName.Detect, SpanName.Simulate], spans.Select(static span => span.Name));
        Assert.Equal((1, 3), (fold.Open, fold.LeftOut));
    }

    private static (List<TraceSpan> Live, List<IReadOnlyList<TraceSpan>> Complete) Run(List<LoggedEvent> history, GlobalSeq from, int count) => Run(history, from, count, out _, completes: true);

    private static (List<TraceSpan> Live, List<IReadOnlyList<TraceSpan>> Complete) Run(List<LoggedEvent> history, GlobalSeq from, int count, out GlobalSeq? oldest, bool completes)
    {
        var run = Run([.. history.Take(count)], from, count, history, GlobalSeq.None, completes, out var fold);
        oldest = fold.Oldest;
        return run;
    }

    private static (List<TraceSpan> Live, List<IReadOnlyList<TraceSpan>> Complete) Run(List<LoggedEvent> records, GlobalSeq from, int count, List<LoggedEvent> log, GlobalSeq reportedFrom) =>
        Run(records, from, count, log, reportedFrom, completes: true, out _);

    private static (List<TraceSpan> Live, List<IReadOnlyList<TraceSpan>> Complete) Run(
        List<LoggedEvent> records, GlobalSeq from, int count, List<LoggedEvent> log, GlobalSeq reportedFrom, bool completes, out TraceFold fold)
    {
        Assert.True(records.Count <= count && records.TrueForAll(record => record.Seq >= from));
        fold = new TraceFold(new TraceScope(TraceStory.Chain, 2), new Sources(log, log.Count));
        var (live, complete) = (new List<TraceSpan>(), new List<IReadOnlyList<TraceSpan>>());
        foreach (var record in records)
        {
            var ended = fold.Apply(record).ToArray();
            var whole = fold.TakeComplete();
            if (record.Seq >= reportedFrom)
            {
                live.AddRange(ended);
                complete.AddRange(whole);
            }
        }

        if (completes)
        {
            fold.CompleteAll();
            complete.AddRange(fold.TakeComplete());
        }

        return (live, complete);
    }

    private static string Text(TraceSpan span) => Encoding.UTF8.GetString(OtlpJson.Encode([], [span]));

    private static List<LoggedEvent> History(IReadOnlyList<(int Kind, int Opp, int Other, int Number)> steps)
    {
        var history = new List<LoggedEvent>();
        ulong block = 100;
        foreach (var (kind, opp, other, number) in steps)
        {
            LogEvent step = kind switch
            {
                0 => TraceStory.Observed(++block),
                1 => TraceStory.Detected(s_opps[opp], "swap", isHandedOn: number > 1 || opp < 2),
                2 => TraceStory.Simulated(s_opps[opp], number == 3 ? FailureCategory.Revert : FailureCategory.None),
                3 => TraceStory.Built(s_bundles[other], block + (ulong)number, other == 0 ? ["a", "b"] : ["c"]),
                4 => TraceStory.Started(s_bundles[other], s_relays[opp % 2], number),
                5 => TraceStory.Answered(s_bundles[other], s_relays[opp % 2], number, ErrorClass.None),
                6 => TraceStory.Decided(s_bundles[other], block, BundleVerdict.Landed, new GlobalSeq(1)),
                7 => new LogEvent.OppInvalidated(TraceStory.Id(s_opps[opp]), default, OppEnd.PoolMoved, By: null),
                8 => new LogEvent.OppReopened(TraceStory.Id(s_opps[opp]), default, OppEnd.PoolMoved, IsHandedOn: other == 0),
                9 => new LogEvent.BundleStale(TraceStory.Id(s_bundles[other]), default, BundleEnd.DoesNotPay, WeiDelta.Gain(default), By: null),
                10 => new LogEvent.AttemptRefused(TraceStory.Id(s_bundles[other]), s_relays[opp % 2], RelayCommandKind.SendBundle, PreflightRule.EmptyBundle, string.Empty, IsDryRun: false),
                _ => new LogEvent.TxSeen(Named.Tx("swap"), SightingVia.HashSubscription),
            };
            ulong seq = (ulong)history.Count + 1;
            history.Add(new LoggedEvent(new GlobalSeq(seq), new UnixNanoseconds(1_700_000_000_000_000_000 + ((long)seq * 1_000)), GlobalSeq.None, step));
        }

        return history;
    }

    /// <summary>What the key index of the log finds.</summary>
    private sealed class Sources(List<LoggedEvent> log, int count) : ITraceSources
    {
        public LoggedEvent? FirstOf(Hash256 tx) => First(KeyKind.Tx, tx);

        public LoggedEvent? DetectionOf(Hash256 opportunity) => First(KeyKind.Opp, opportunity) is { Event: LogEvent.OppDetected } detection ? detection : null;

        private LoggedEvent? First(KeyKind kind, Hash256 value) => log.Take(count).FirstOrDefault(record => record.Event.Keys.TryGet(kind, out var key) && key == value);
    }
}
