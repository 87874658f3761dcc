using Mempulse.Canon;
using Mempulse.Canon.Reading;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Cli.Replays;

/// <summary>A log on disk, read by nobody else's leave, and the engine that folds it: the same engine as in a node.</summary>
/// <remarks>Confined to one thread. Memory is the engine's and one frame's, whatever the log's length.</remarks>
internal sealed class OfflineReplay : IDisposable
{
    private readonly LogScan _scan;
    private SequencedBatch? _frame;

    private OfflineReplay(ILogReader reader, ReplayEngine engine)
    {
        Reader = reader;
        Engine = engine;
        Start = engine.Applied;
        _scan = reader.Scan(engine.Applied.Next);
    }

    /// <summary>The log.</summary>
    public ILogReader Reader { get; }

    /// <summary>The state up to the last position stepped to.</summary>
    public ReplayEngine Engine { get; }

    /// <summary>Position of the checkpoint it began with; <see cref="GlobalSeq.None"/> when it began before the first event.</summary>
    public GlobalSeq Start { get; }

    /// <summary>Opens a log and an engine at or before a position: the newest good checkpoint there, or else the beginning of the log.</summary>
    /// <param name="directory">The log.</param>
    /// <param name="from">The position; <see cref="GlobalSeq.None"/> for the beginning. In a log whose beginning was deleted that is its oldest checkpoint.</param>
    /// <exception cref="UsageException">The log is empty, or its beginning was deleted and no checkpoint at or below <paramref name="from"/> takes its place.</exception>
    public static OfflineReplay Open(string directory, GlobalSeq from)
    {
        var reader = LogDirectory.OpenRead(directory);
        if (reader.Read(reader.Oldest, maxBytes: 1) is null)
        {
            throw new UsageException($"The log in '{directory}' is empty.");
        }

        var chain = LogDirectory.ChainOf(directory);
        var checkpoints = new CheckpointFiles(Path.Combine(directory, LogDirectory.CheckpointsName), chain);
        bool isWhole = reader.Oldest == GlobalSeq.None.Next;
        var engine = from > GlobalSeq.None ? checkpoints.RestoreAtMost(from) : isWhole ? null : checkpoints.RestoreAtLeast(Before(reader.Oldest));
        if (engine is not null && engine.Applied.Next >= reader.Oldest && engine.Applied <= reader.Watermark)
        {
            return new OfflineReplay(reader, engine);
        }

        return isWhole
            ? new OfflineReplay(reader, FoldComposition.Default.Create(chain))
            : throw new UsageException($"The log in '{directory}' begins at seq {reader.Oldest}: what came before was deleted, and no good checkpoint {Where(from)} takes its place.");
    }

    /// <summary>Applies records up to <paramref name="to"/>, inclusive.</summary>
    public void RunTo(GlobalSeq to, CancellationToken cancellationToken)
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

            ApplyFrame(to);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scan.Dispose();

    private void ApplyFrame(GlobalSeq to)
    {
        foreach (var record in _frame!)
        {
            if (record.Seq > to)
            {
                return;
            }

            if (record.Seq > Engine.Applied)
            {
                Engine.Apply(record);
            }
        }
    }

    private static GlobalSeq Before(GlobalSeq seq) => new(seq.Value - 1);

    private static string Where(GlobalSeq from) => from > GlobalSeq.None ? $"at or below {from}" : "beside it";
}
