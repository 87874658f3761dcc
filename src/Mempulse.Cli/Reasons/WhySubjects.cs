using Mempulse.Features.Reasons;
using Mempulse.Folding.Reasons;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Cli.Reasons;

/// <summary>What <c>mempulse why</c> can be asked about, in the order in which an id is looked up. The last one answers for every id.</summary>
internal static class WhySubjects
{
    private static readonly Func<LogReplay, Hash256, WhyAnswer?>[] _all = [OfTransaction];

    /// <summary>The answer for an id at the position that a replay has reached.</summary>
    public static WhyAnswer Explain(LogReplay replay, Hash256 id) => _all.Select(subject => subject(replay, id)).First(static answer => answer is not null)!;

    private static WhyAnswer OfTransaction(LogReplay replay, Hash256 id) =>
        TxWhy.Of(TxStanding.Of(replay.Engine, id), new LoggedRecords(replay.Reader, replay.Engine.Applied));
}
