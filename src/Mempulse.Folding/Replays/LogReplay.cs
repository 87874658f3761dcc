using Mempulse.Canon.Reading;
using Mempulse.Folding.Checkpoints;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Folding.Replays;

/// <summary>Folds a log again, beside its writer or without one, from a checkpoint or from the first event. Nothing is appended.</summary>
/// <remarks>Confined to one thread at a time; only <see cref="At"/> may be read meanwhile. Memory is the engine's and one frame's, whatever the log's length.</remarks>
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

    /// <summary>The state at the last position replayed.</summary>
    public ReplayEngine Engine { get; }

    /// <summary>Position of the checkpoint that the replay started from; <see cref="GlobalSeq.None"/> when it started before the first event.</summary>
    public GlobalSeq Start { get; }

    /// <summary>How far the replay is. From any thread.</summary>
    public GlobalSeq At => new(Volatile.Read(ref _at));

    /// <summary>A replay that starts at or before a position: at the newest usable checkpoint there, or else at the beginning of the log.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="checkpoints">Its checkpoints.</param>
    /// <param name="from">The position; <see cref="GlobalSeq.None"/> for the beginning. In a log whose beginning was deleted that is the oldest checkpoint the log continues from.</param>
    /// <exception cref="LogTruncatedException">The beginning of the log was deleted, and no usable checkpoint replaces it.</exception>
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

    /// <summary>Applies records up to <paramref name="to"/>, inclusive, or to the end of the log.</summary>
    public void RunTo(GlobalSeq to, CancellationToken cancellationToken) => RunTo(to, counts: null, cancellationToken);

    /// <summary>Applies records up to <paramref name="to"/>, inclusive, or to the end of the log, and adds them to the counts of their kinds.</summary>
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
        // Another checkpoint, or the log itself, gives the same state.
    }
}
