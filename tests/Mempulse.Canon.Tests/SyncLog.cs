using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Keys;
using Mempulse.Canon.Reading;
using Mempulse.Canon.Recovery;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Tests;

/// <summary>The log's writer without its threads, so that disk calls come in the same order every time.</summary>
internal sealed class SyncLog
{
    public const string Directory = "/log";
    public static readonly LaneId Lane = LaneId.Of("model");

    private readonly WriterSession _session;
    private readonly ILogFileSystem _files;

    public SyncLog(EventLogOptions options)
    {
        _files = options.Files;
        _session = WriterSession.Open(options);
        Keys = new KeyIndexes(options.Files);
    }

    public WriterSession Session => _session;

    public RecoveryReport Report => _session.Report;

    public GlobalSeq Watermark => _session.State.Watermark;

    public KeyIndexes Keys { get; }

    public ILogReader Reader => new LogReader(_files, _session.State, Keys);

    /// <summary>Opens a log with small segments.</summary>
    public static SyncLog Open(ILogFileSystem files, GlobalSeq floor = default, ICommitObserver? observer = null) => new(Options(files, floor, observer));

    /// <summary>Opens a log of a cluster.</summary>
    public static SyncLog Open(ILogFileSystem files, WriterLease lease) => new(Options(files, lease.Floor, lease: lease));

    public static EventLogOptions Options(ILogFileSystem files, GlobalSeq floor = default, ICommitObserver? observer = null, WriterLease? lease = null) => new()
    {
        Directory = Directory,
        Chain = new ChainId(1),
        SegmentSizeBytes = 64 << 10,
        Files = files,
        DurableFloor = floor,
        Observer = observer,
        EpochStore = lease,
        FullRetryInterval = TimeSpan.Zero,
    };

    /// <summary>Appends the next <paramref name="count"/> events of the model; the event at seq n is sighting n.</summary>
    public AppendResult AppendNext(int count) => Append(Batches.Seen(Lane, Watermark.Value + 1, count));

    /// <summary>Appends one batch in its own frame.</summary>
    public AppendResult Append(EventBatch batch) => AppendGroup([batch])[0];

    /// <summary>Appends several batches in one frame.</summary>
    public AppendResult[] AppendGroup(EventBatch[] batches)
    {
        var queue = new AppendQueue(1);
        var group = new List<PendingAppend>();
        var outcomes = new List<Task<AppendResult>>();
        foreach (var batch in batches)
        {
            var pending = new PendingAppend(queue);
            outcomes.Add(pending.Start(batch, AcknowledgeOn.Pool, CancellationToken.None).AsTask());
            group.Add(pending);
        }

        _session.Commits.Commit(group);
        return [.. outcomes.Select(outcome => outcome.GetAwaiter().GetResult())];
    }

    public void PrepareNext() => _session.Preparer.Prepare();

    public void Close() => _session.Close(seal: true);
}
