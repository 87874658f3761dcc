using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Canon.Lanes;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;

namespace Mempulse.Canon;

/// <summary>Everything one term of writing holds, without threads: opening, the parts that commit, and closing.</summary>
internal sealed class WriterSession
{
    /// <summary>The lock file; whoever holds it writes.</summary>
    public const string LockName = "LOCK";

    private static readonly TimeSpan LockPatience = TimeSpan.FromMilliseconds(50);

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
        Roll = new SegmentRoll(options.Files, options.Directory, Preparer, State, Lanes, fence);
        Retention = new Retention(options.Files, options.Directory, State, fence);
        Commits = new GroupCommit(Roll, Lanes, State, fence, new FullDiskPause(options.Time, options.FullRetryInterval), options.Observer);
        Report = tail.Begin(Roll, options, fence.Epoch);
        State.Advance(Report.Watermark);
    }

    /// <summary>What readers see.</summary>
    public LogState State { get; }

    /// <summary>The last position of each lane.</summary>
    public LaneTable Lanes { get; }

    /// <summary>The term.</summary>
    public EpochFence Fence { get; }

    /// <summary>The segment being written.</summary>
    public SegmentRoll Roll { get; }

    /// <summary>Commits groups of batches.</summary>
    public GroupCommit Commits { get; }

    /// <summary>Deletes old segments.</summary>
    public Retention Retention { get; }

    /// <summary>What opening found.</summary>
    public RecoveryReport Report { get; }

    /// <summary>Makes segment files ahead of time.</summary>
    public SegmentPreparer Preparer { get; }

    /// <summary>Lock, next term, recovery, new segment: in this order.</summary>
    public static WriterSession Open(EventLogOptions options)
    {
        options.Files.CreateDirectory(options.Directory);
        var held = TryLock(options.Files, Path.Combine(options.Directory, LockName))
            ?? throw new LogLockedException($"The log in {options.Directory} is open for writing elsewhere.");
        FileEpochStore? owned = null;
        try
        {
            owned = options.EpochStore is null ? new FileEpochStore(options.Files, options.Directory) : null;
            var fence = TakeTerm(options, options.EpochStore ?? owned!);
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

    /// <summary>Seals the segment, unless the writer failed, and gives everything back.</summary>
    public void Close(bool seal)
    {
        try
        {
            if (seal)
            {
                Fence.Check();
                Roll.Current.Seal();
                Roll.Current.TruncateToSeal();
            }
        }
        catch (IOException)
        {
            // A log that is not sealed is found so and recovered at the next opening; nothing acknowledged depends on the seal.
        }
        finally
        {
            Roll.Dispose();
            _ownedStore?.Dispose();
            _lock.Dispose();
        }
    }

    private static IDisposable? TryLock(ILogFileSystem files, string path)
    {
        // A reader that asks whether a writer is alive holds the lock for an instant.
        IDisposable? held = null;
        SpinWait.SpinUntil(() => (held = files.TryLock(path)) is not null, LockPatience);
        return held;
    }

    private static EpochFence TakeTerm(EventLogOptions options, IEpochStore store)
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
