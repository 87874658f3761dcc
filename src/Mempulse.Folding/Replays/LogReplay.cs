using Mempulse.Canon.Reading;
using Mempulse.Folding.Checkpoints;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Folding.Replays;

/// <summary>Replays a log, with or without a running writer, from a checkpoint or from the first event. Appends nothing.</summary>
/// <remarks>One thread at a time, except for <see cref="At"/>. Memory is the engine's and one frame's, however long the log is.</remarks>
public sealed class LogReplay : IDisposable
{
    private readonly LogScan _scan;
    private SequencedBatch? _frame;
    private ulong _at;

    private LogReplay(ILogReader reader, ReplayEngine engine)
    {
        Reader = reader;
        Engine = engine;
        Start = engine.Applied;
        _at = engine.Applied.Value;
        _scan = reader.Scan(engine.Applied.Next);
    }

    /// <summary>The log.</summary>
    public ILogReader Reader { get; }

    /// <summary>The engine, at the last position replayed.</summary>
    public ReplayEngine Engine { get; }

    /// <summary>The position of the checkpoint that the replay started from; <see cref="GlobalSeq.None"/> when it started at the first event.</summary>
    public GlobalSeq Start { get; }

    /// <summary>The position the replay has reached. Readable from any thread.</summary>
    public GlobalSeq At => new(Volatile.Read(ref _at));

    /// <summary>Opens a replay at or before a position: at the newest usable checkpoint there, or else at the beginning of the log.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="checkpoints">Its checkpoints.</param>
    /// <param name="from">The position. <see cref="GlobalSeq.None"/> is the beginning, or the oldest usable checkpoint if the
    /// beginning of the log was deleted.</param>
    /// <exception cref="LogTruncatedException">The beginning of the log was deleted, and there is no usable checkpoint to start from.</exception>
    public static LogReplay Open(ILogReader reader, CheckpointStore checkpoints, GlobalSeq from)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(checkpoints);
        bool isWhole = reader.Oldest <= GlobalSeq.None.Next;
        var engine = from > GlobalSeq.None ? checkpoints.RestoreAtMost(from, Ignore)
            : isWhole ? null
            : checkpoints.RestoreAtLeast(new GlobalSeq(reader.Oldest.Value - 1), Ignore);
        bool continues = engine is not null && engine.Applied.Next >= reader.Oldest && engine.Applied <= reader.Watermark;
        return continues ? new LogReplay(reader, engine!)
            : isWhole ? new LogReplay(reader, checkpoints.Create())
            : throw new LogTruncatedException(from.Next, reader.Oldest);
    }

    /// <summary>Continues an earlier replay towards a position, or begins at a checkpoint that is nearer. The earlier replay is taken: it is returned or disposed.</summary>
    /// <param name="reached">The earlier replay, at or before the position.</param>
    /// <param name="checkpoints">The checkpoints of its log.</param>
    /// <param name="from">The position.</param>
    public static LogReplay Continue(LogReplay reached, CheckpointStore checkpoints, GlobalSeq from)
    {
        ArgumentNullException.ThrowIfNull(reached);
        ArgumentNullException.ThrowIfNull(checkpoints);
        if (checkpoints.NewestAtMost(from) <= reached.Engine.Applied || checkpoints.RestoreAtMost(from, Ignore) is not { } engine)
        {
            return reached;
        }

        if (engine.Applied <= reached.Engine.Applied || engine.Applied.Next < reached.Reader.Oldest || engine.Applied > reached.Reader.Watermark)
        {
            return reached; // the nearer one is not usable
        }

        reached.Dispose();
        return new LogReplay(reached.Reader, engine);
    }

    /// <summary>Applies records up to <paramref name="to"/>, inclusive, or to the end of the log.</summary>
    public void RunTo(GlobalSeq to, CancellationToken cancellationToken) => RunTo(to, counts: null, cancellationToken);

    /// <summary>Applies records up to <paramref name="to"/>, inclusive, or to the end of the log, and counts them by kind.</summary>
    public void RunTo(GlobalSeq to, IDictionary<EventKind, long>? counts, CancellationToken cancellationToken)
    {
        while (Engine.Applied < to)
        {
            if (_frame is null || _frame.Last <= Engine.Applied)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!_scan.MoveNext())
                {
                    return;
                }

                _frame = _scan.Current;
            }

            ApplyFrame(to, counts);
            Volatile.Write(ref _at, Engine.Applied.Value);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scan.Dispose();

    private void ApplyFrame(GlobalSeq to, IDictionary<EventKind, long>? counts)
    {
        foreach (var record in _frame!)
        {
            if (record.Seq > to)
            {
                return;
            }

            if (record.Seq <= Engine.Applied)
            {
                continue;
            }

            Engine.Apply(record);
            if (counts is not null)
            {
                counts[record.Kind] = (counts.TryGetValue(record.Kind, out long count) ? count : 0) + 1;
            }
        }
    }

    private static void Ignore(string reason)
    {
        // Another checkpoint, or the log itself, yields the same state.
    }
}
