using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;

namespace Mempulse.Canon;

/// <summary>Everything that one writer's epoch holds, without threads: opens the log, owns the parts that commit, and closes it.</summary>
internal sealed class WriterSession
{
    /// <summary>Name of the lock file; only its holder writes.</summary>
    public const string LockName = LogFileNames.Lock;

    private static readonly TimeSpan LockTimeout = TimeSpan.FromMilliseconds(50);

    private readonly IDisposable _lock;
    private readonly FileEpochStore? _ownedStore;

    private WriterSession(EventLogOptions options, IDisposable held, FileEpochStore? ownedStore, EpochFence fence, LogTail tail)
    {
        _lock = held;
        _ownedStore = ownedStore;
        Fence = fence;
        Lanes = tail.Lanes;
        State = new LogState(tail.Chain.Segments, tail.Proven);
        Preparer = new SegmentPreparer(options.Files, options.Directory, fence.Epoch, options.SegmentSizeBytes);
        Roll = new SegmentRoll(Preparer, State, Lanes, fence, options.Time);
        Retention = new Retention(options.Files, options.Directory, State, fence);
        Commits = new GroupCommit(Roll, Lanes, State, fence, new RefusalPause(options.Time, options.FullRetryInterval), options.Observer);
        Report = tail.Begin(Roll, options, fence);
        State.Advance(Report.Watermark);
        Mark = options.Durability == Durability.Fsync ? DurableMark.Open(options.Files, options.Directory, Report.Watermark) : null;
        Commits.Mark = Mark;
    }

    /// <summary>The state that readers see.</summary>
    public LogState State { get; }

    /// <summary>The last position of each lane.</summary>
    public LaneTable Lanes { get; }

    /// <summary>The epoch, and the check that it still holds.</summary>
    public EpochFence Fence { get; }

    /// <summary>The segment being written.</summary>
    public SegmentRoll Roll { get; }

    /// <summary>Commits groups of batches.</summary>
    public GroupCommit Commits { get; }

    /// <summary>Deletes old segments.</summary>
    public Retention Retention { get; }

    /// <summary>What recovery found when the log was opened.</summary>
    public RecoveryReport Report { get; }

    /// <summary>Creates segment files ahead of time.</summary>
    public SegmentPreparer Preparer { get; }

    /// <summary>Records how far the log is durable; null without fsync, because then a power loss may cost what the mark would name.</summary>
    public DurableMark? Mark { get; }

    /// <summary>Opens the log: takes the lock, checks the log, takes the next epoch, recovers, and begins a new segment, in that order.</summary>
    public static WriterSession Open(EventLogOptions options)
    {
        options.Files.CreateDirectory(options.Directory);
        var held = TryLock(options.Files, Path.Combine(options.Directory, LockName))
            ?? throw new LogLockedException($"Cannot open the log in {options.Directory} for writing: another writer holds its lock.");
        FileEpochStore? owned = null;
        try
        {
            // A log that must not be continued is refused before anything changes. The tail is read again once the epoch is taken:
            // until then a writer whose lock was lost may still append.
            _ = LogTail.Examine(options);
            owned = options.EpochStore is null ? new FileEpochStore(options.Files, options.Directory) : null;
            var fence = TakeEpoch(options, options.EpochStore ?? owned!);
            var tail = LogTail.Recover(options);
            ChainSettling.Settle(options.Files, tail.Chain, fence.Check);
            SegmentPreparer.DeleteLeftovers(options.Files, options.Directory, fence.Epoch);
            return new WriterSession(options, held, owned, fence, tail);
        }
        catch
        {
            owned?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Seals the segment if <paramref name="seal"/> is set, and releases the files and the lock.</summary>
    public void Close(bool seal)
    {
        try
        {
            if (seal)
            {
                Fence.Check();
                Roll.Current.Seal();
                Fence.Check();
                Roll.Current.TruncateToSeal();
            }
        }
        catch (IOException)
        {
            // The next opening recovers an unsealed log; nothing acknowledged depends on the seal.
        }
        finally
        {
            Mark?.Sync();
            Mark?.Dispose();
            Roll.Dispose();
            _ownedStore?.Dispose();
            _lock.Dispose();
        }
    }

    private static IDisposable? TryLock(ILogFileSystem files, string path)
    {
        // Retry briefly: a reader that checks for a live writer holds the lock for an instant.
        IDisposable? held = null;
        SpinWait.SpinUntil(() => (held = files.TryLock(path)) is not null, LockTimeout);
        return held;
    }

    private static EpochFence TakeEpoch(EventLogOptions options, IEpochStore store)
    {
        var current = store.Current();
        var highest = options.Files.List(options.Directory)
            .Select(name => SegmentName.TryParse(name, out var segment) ? segment.Epoch : default)
            .Append(current)
            .Max();
        return store.TryAdvance(current, highest.Next)
            ? new EpochFence(store, highest.Next)
            : throw new LogFencedException(highest.Next, store.Current());
    }
}
