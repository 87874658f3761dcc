using Mempulse.Cases;
using Mempulse.Features.Rules;
using Mempulse.Folding.Replays;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Storage.Cases;

namespace Mempulse.Grains.Replays;

/// <summary>Exports the case of an id on the thread pool. Its file is held while it is asked for, and until another case replaces it.</summary>
internal sealed class ReplayedCase : ReplayJob
{
    private readonly Hash256 _id;
    private readonly bool _isOfEnd;
    private readonly CaseSource _source;
    private readonly TimeProvider _time;
    private LogReplay? _replay;
    private long _endedAt;

    /// <summary>Starts the work.</summary>
    /// <param name="id">The id.</param>
    /// <param name="at">The position; <see cref="GlobalSeq.None"/> for the end of the log.</param>
    /// <param name="source">The log and what is beside it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Cancels the work.</param>
    public ReplayedCase(Hash256 id, GlobalSeq at, CaseSource source, TimeProvider time, CancellationToken stop)
        : base(GlobalSeq.None, at == GlobalSeq.None ? source.Reader.Watermark : at, stop)
    {
        (_id, _isOfEnd, _source, _time) = (id, at == GlobalSeq.None, source, time);
        Answer = Task.Run(Run, CancellationToken.None);
    }

    /// <summary>The answer.</summary>
    public Task<CaseAnswer> Answer { get; }

    /// <inheritdoc/>
    public override Task Ended => Answer;

    /// <inheritdoc/>
    public override GlobalSeq At => Volatile.Read(ref _replay)?.At ?? GlobalSeq.None;

    /// <inheritdoc/>
    public override string Detail => $"The case of {_id} is being made, at {At} of {Last}. Repeat the request.";

    /// <summary>Reports the progress of unfinished work.</summary>
    public CaseAnswer Unfinished() => new() { Outcome = ReplayOutcome.Running, Detail = Detail, IsKnown = true };

    /// <summary>True if this is the case of that id at that position. One of the end of the log is answered again for a while, so that the client that waited for it gets it.</summary>
    /// <param name="id">The id.</param>
    /// <param name="at">The position; <see cref="GlobalSeq.None"/> for the end of the log.</param>
    /// <param name="kept">How long a finished case of the end of the log is answered.</param>
    public bool Is(in Hash256 id, GlobalSeq at, TimeSpan kept) =>
        _id == id && !Answer.IsFaulted && !Answer.IsCanceled
        && (at == GlobalSeq.None ? _isOfEnd && (!Answer.IsCompleted || _time.GetElapsedTime(Volatile.Read(ref _endedAt)) < kept) : !_isOfEnd && Last == at);

    private CaseAnswer Run()
    {
        using var span = Spans.Start(Spans.Replay);
        try
        {
            var rules = new SharedRules(_source.Rules);
            using var replay = LogReplay.Open(_source.Reader, _source.Checkpoints(rules), Last);
            Volatile.Write(ref _replay, replay);
            return new CaseAnswer { Outcome = ReplayOutcome.Done, IsKnown = true, AsOf = Last, File = CaseExport.Run(_id, Last, replay, rules, _source.Store, CaseSecrecy.Public, Stop).File };
        }
        catch (CaseUnavailableException problem)
        {
            return new CaseAnswer { Outcome = ReplayOutcome.Done, Detail = problem.Message, IsKnown = problem.Problem != CaseProblem.Unknown };
        }
        finally
        {
            Volatile.Write(ref _replay, null);
            Volatile.Write(ref _endedAt, _time.GetTimestamp());
        }
    }
}
