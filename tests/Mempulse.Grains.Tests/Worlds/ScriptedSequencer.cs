using System.Diagnostics.CodeAnalysis;
using Mempulse.Canon.Appending;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Tests.Worlds;

/// <summary>A chain's sequencer over a real log, whose calls have the fates that the test sets.</summary>
[SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The doubles hold the value tasks that they answer with, each read once.")]
internal sealed class ScriptedSequencer
{
    private readonly ChainLog _log;
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<byte[]> _batches = [];
    private readonly List<GlobalSeq> _waits = [];
    private int _appends;

    public ScriptedSequencer(ChainLog log)
    {
        _log = log;
        Grain = ScriptedGrain.Of<ISequencerGrain>(Answer);
    }

    public ISequencerGrain Grain { get; }

    /// <summary>The fate of an append, by its lane and its number from 1.</summary>
    public Func<LaneId, int, SequencerFate> Fate { get; set; } = (_, _) => SequencerFate.Answered;

    /// <summary>Changes an answer on its way to the caller.</summary>
    public Func<AppendAnswer, AppendAnswer> Amend { get; set; } = answer => answer;

    /// <summary>The position that a wait for the fold returns, by its number from 1; null for the fold's own.</summary>
    public Func<GlobalSeq, int, ValueTask<GlobalSeq>>? Wait { get; set; }

    public int Appends => Volatile.Read(ref _appends);

    /// <summary>The bytes of every batch, repetitions included.</summary>
    public IReadOnlyList<byte[]> Batches
    {
        get
        {
            lock (_batches)
            {
                return [.. _batches];
            }
        }
    }

    /// <summary>The positions that were waited for.</summary>
    public IReadOnlyList<GlobalSeq> Waits
    {
        get
        {
            lock (_waits)
            {
                return [.. _waits];
            }
        }
    }

    public void Release() => _released.TrySetResult();

    private object Answer(string method, object?[] arguments) => method switch
    {
        nameof(ISequencerGrain.Append) => AppendAsync((EventBatch)arguments[0]!),
        nameof(ISequencerGrain.LastSequence) => ValueTask.FromResult(_log.LastSequence((LaneId)arguments[0]!)),
        nameof(ISequencerGrain.WaitForFold) => WaitAsync((GlobalSeq)arguments[0]!),
        nameof(ISequencerGrain.GetStatus) => ValueTask.FromResult(_log.ReadStatus()),
        _ => throw new NotSupportedException(method),
    };

    private ValueTask<GlobalSeq> WaitAsync(GlobalSeq atLeast)
    {
        int number;
        lock (_waits)
        {
            _waits.Add(atLeast);
            number = _waits.Count;
        }

        return Wait is { } wait ? wait(atLeast, number) : _log.Progress.WaitAsync(atLeast, CancellationToken.None);
    }

    private async ValueTask<AppendAnswer> AppendAsync(EventBatch batch)
    {
        lock (_batches)
        {
            _batches.Add(batch.Records.ToArray());
        }

        switch (Fate(batch.Lane, Interlocked.Increment(ref _appends)))
        {
            case SequencerFate.TimedOut:
                throw new TimeoutException("The call timed out.");
            case SequencerFate.AnswerLost:
                await _log.AppendAsync(batch, AcknowledgeOn.Pool);
                throw new TimeoutException("The answer was lost.");
            case SequencerFate.SiloGone:
                throw new SiloUnavailableException("The silo is gone.");
            case SequencerFate.NoRoom:
                return Refuse(AppendOutcome.NoRoom, "The volume is full.");
            case SequencerFate.Unavailable:
                return Refuse(AppendOutcome.Unavailable, "Another writer has the log.");
            case SequencerFate.Bug:
                throw new InvalidOperationException("A bug.");
            case SequencerFate.Hangs:
                await _released.Task;
                break;
        }

        return Amend(await _log.AppendAsync(batch, AcknowledgeOn.Pool));
    }

    private AppendAnswer Refuse(AppendOutcome outcome, string detail) =>
        new() { Outcome = outcome, Detail = detail, Watermark = _log.Reader.Watermark, Applied = _log.Progress.Applied };
}
