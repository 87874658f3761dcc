using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>Replays ranges of a chain's log while the live fold runs, and makes what needs a replay. Its key is the chain id.</summary>
/// <remarks>
/// Runs one replay or search at a time; another request is answered with <see cref="ReplayOutcome.Busy"/> meanwhile. One that was not asked for again within half a
/// minute is cancelled for the next request. A range that starts where the last one ended continues it.
/// </remarks>
[Alias("mempulse.IReplayGrain")]
public interface IReplayGrain : IGrainWithStringKey
{
    /// <summary>Replays from <paramref name="first"/> to <paramref name="last"/>, or reports the progress.</summary>
    /// <remarks>Answers within a few seconds. While the answer is <see cref="ReplayOutcome.Running"/>, repeat the call.</remarks>
    /// <param name="first">The position of the first state.</param>
    /// <param name="last">The position of the second state.</param>
    [Alias("Replay")]
    ValueTask<ReplayAnswer> Replay(GlobalSeq first, GlobalSeq last);

    /// <summary>Searches a range for the first place where the log and its replay differ, or reports the progress.</summary>
    /// <remarks>Answers within a few seconds. While the answer is <see cref="ReplayOutcome.Running"/>, repeat the call.</remarks>
    /// <param name="first">The position before the first event.</param>
    /// <param name="last">The last position.</param>
    [Alias("Search")]
    ValueTask<SearchAnswer> Search(GlobalSeq first, GlobalSeq last);

    /// <summary>Derives the audit of a block from the log that the fold no longer keeps, or reports the progress.</summary>
    /// <remarks>Answers within a few seconds. While the answer is <see cref="ReplayOutcome.Running"/> or <see cref="ReplayOutcome.Busy"/>, repeat the call.</remarks>
    /// <param name="query">The block, by height or hash, and the page.</param>
    [Alias("Audit")]
    ValueTask<LoggedAuditAnswer> Audit(AuditQuery query);

    /// <summary>Makes the case file of an id, or reports the progress.</summary>
    /// <remarks>
    /// Answers within a few seconds. While the answer is <see cref="ReplayOutcome.Running"/> or <see cref="ReplayOutcome.Busy"/>, repeat the call. The file has no signed
    /// transaction that can still be executed.
    /// </remarks>
    /// <param name="id">The id of a bundle, an opportunity or a simulation, or a transaction's hash.</param>
    /// <param name="at">The position of the case; <see cref="GlobalSeq.None"/> for the end of the log.</param>
    [Alias("ExportCase")]
    ValueTask<CaseAnswer> ExportCase(Hash256 id, GlobalSeq at);

    /// <summary>Cancels the replay or search of a range if it runs.</summary>
    /// <param name="first">The first position that was asked for.</param>
    /// <param name="last">The second position.</param>
    [Alias("Cancel")]
    ValueTask Cancel(GlobalSeq first, GlobalSeq last);
}
