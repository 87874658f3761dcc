using Mempulse.Canon;
using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Cli.Replays;

/// <summary>A log on disk, read by nobody else's leave, and the engine that folds it: the same engine as in a node.</summary>
/// <remarks>Confined to one thread. Memory is the engine's and one frame's, whatever the log's length.</remarks>
internal sealed class OfflineReplay : IDisposable
{
    private readonly LogScan _scan;
    private SequencedBatch? _frame;

    private OfflineReplay(ILogReader reader, ChainId chain)
    {
        Reader = reader;
        Engine = ReplayEngine.Create(chain);
        _scan = reader.Scan(reader.Oldest);
    }

    /// <summary>The log.</summary>
    public ILogReader Reader { get; }

    /// <summary>The state up to the last position stepped to.</summary>
    public ReplayEngine Engine { get; }

    /// <summary>Is shown each record right before it is applied.</summary>
    public RecordVisitor? BeforeApply { get; set; }

    /// <summary>Is called right after a record was applied.</summary>
    public Action? AfterApply { get; set; }

    /// <summary>Opens a log and makes an engine for the chain that its first record names.</summary>
    /// <exception cref="UsageException">The log is empty, or does not begin at its first event.</exception>
    public static OfflineReplay Open(string directory)
    {
        var reader = LogDirectory.OpenRead(directory);
        if (reader.Oldest != GlobalSeq.None.Next)
        {
            throw new UsageException($"The log in '{directory}' begins at seq {reader.Oldest}: what came before was deleted, so it cannot be replayed from its first event.");
        }

        var first = reader.Read(reader.Oldest, maxBytes: 1) ?? throw new UsageException($"The log in '{directory}' is empty.");
        foreach (var record in first)
        {
            if (LogEvent.Decode(record) is LogEvent.EpochStarted started)
            {
                return new OfflineReplay(reader, started.Chain);
            }
        }

        throw new UsageException($"The log in '{directory}' does not begin with the start of an epoch, which would name its chain.");
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
                BeforeApply?.Invoke(record);
                Engine.Apply(record);
                AfterApply?.Invoke();
            }
        }
    }

    /// <summary>Looks at a record.</summary>
    internal delegate void RecordVisitor(in RecordView record);
}
