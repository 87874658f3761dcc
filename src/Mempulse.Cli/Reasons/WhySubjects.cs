using Mempulse.Features.Reasons;
using Mempulse.Folding.Reasons;
using Mempulse.Folding.Replays;
using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;
using Mempulse.Primitives.Records;

namespace Mempulse.Cli.Reasons;

/// <summary>What <c>mempulse why</c> can be asked about, in the order in which an id is looked up. The last one answers for every id.</summary>
internal static class WhySubjects
{
    /// <summary>Records of a bundle that one answer reads.</summary>
    private const int MostOfBundle = 4_000;

    private static readonly Func<LogReplay, Hash256, WhyAnswer?>[] _all = [OfBundle, OfTransaction];

    /// <summary>The answer for an id at the position that a replay has reached.</summary>
    public static WhyAnswer Explain(LogReplay replay, Hash256 id) => _all.Select(subject => subject(replay, id)).First(static answer => answer is not null)!;

    private static WhyAnswer? OfBundle(LogReplay replay, Hash256 id)
    {
        var found = new LoggedRecords(replay.Reader, replay.Engine.Applied).First(EventKey.Bundle(id), MostOfBundle + 1);
        List<LoggedEvent> events = [];
        foreach (var record in found.Take(MostOfBundle))
        {
            var view = record.View;
            if (LogEvent.Decode(view) is { } known)
            {
                events.Add(new LoggedEvent(record.Seq, view.Timestamp, view.Cause, known));
            }
        }

        return BundleHistory.Of(events)?.Why(replay.Engine.Chain, replay.Engine.Applied, replay.Engine.EventTime, found.Count > MostOfBundle);
    }

    private static WhyAnswer OfTransaction(LogReplay replay, Hash256 id) =>
        TxWhy.Of(TxStanding.Of(replay.Engine, id), new LoggedRecords(replay.Reader, replay.Engine.Applied));
}
