using Mempulse.Canon.Reading;
using Mempulse.Folding.Replays;
using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Grains.Mempool;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Grains.Replays;

/// <summary>Derives the audit of a block from the log on the thread pool, and answers with pages of it.</summary>
internal sealed class ReplayedAudit : ReplayJob
{
    private readonly AuditReplay _replay;
    private readonly AuditQuery _query;

    /// <summary>Starts the work.</summary>
    /// <param name="query">The block.</param>
    /// <param name="replay">What derives its audit.</param>
    /// <param name="stop">Cancels the work.</param>
    public ReplayedAudit(AuditQuery query, AuditReplay replay, CancellationToken stop)
        : base(GlobalSeq.None, GlobalSeq.None, stop)
    {
        (_query, _replay) = (query, replay);
        Reading = Task.Run(Run, CancellationToken.None);
    }

    /// <summary>What was derived.</summary>
    public Task<AuditReading> Reading { get; }

    /// <inheritdoc/>
    public override Task Ended => Reading;

    /// <inheritdoc/>
    public override GlobalSeq At => _replay.At;

    /// <inheritdoc/>
    public override string Detail => $"The audit of {Name(_query)} is being derived from the log, at {At}. Repeat the request.";

    /// <summary>True if this is the work on that block and has not failed.</summary>
    public bool Is(AuditQuery query) => (_query.Number, _query.Hash) == (query.Number, query.Hash) && !Reading.IsFaulted && !Reading.IsCanceled;

    /// <summary>A page of the audit, or the reason why the block has no audit.</summary>
    public static LoggedAuditAnswer Answer(AuditReading reading, AuditQuery query, ILogReader log)
    {
        string? problem = reading switch
        {
            { Audit: not null } => null,
            { Problem: { } problemOfLog } => $"The audit of {Name(query)} cannot be derived again. {problemOfLog}",
            { Needed: > 0 } => $"The audit of {Name(query)} is not kept any more, and {reading.Needed} events would be folded to derive it again: the limit is {LoggedAuditAnswer.MaxEvents}. Run 'mempulse audit' on the log.",
            { SeenIn.Value: > 0 } => $"The fold did not accept {Name(query)} (event {reading.SeenIn}), so it has no audit.",
            { Before: { } before, After: { } after } => $"The log has no record of {Name(query)}: it goes from block {before} to block {after}.",
            { After: { } first } => $"The log has no record of {Name(query)}: it begins with block {first}.",
            _ => $"The log has no record of {Name(query)}.",
        };
        return problem is null
            ? new LoggedAuditAnswer(ReplayOutcome.Done, string.Empty, AuditAnswers.Of(AuditAnswers.Page(reading.AsOf, reading.Head, reading.Kept, reading.Audit, query), log))
            : new LoggedAuditAnswer(ReplayOutcome.Done, problem, null);
    }

    private static string Name(AuditQuery query) => query.Hash is { } hash ? $"block {hash}" : $"block {query.Number}";

    private AuditReading Run()
    {
        using var span = Spans.Start(Spans.Replay);
        return _replay.Run(_query.Hash, _query.Number, LoggedAuditAnswer.MaxEvents, Stop);
    }
}
