using System.ComponentModel.DataAnnotations;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;

namespace Mempulse.Canon;

/// <summary>How a log is opened for writing.</summary>
public sealed class EventLogOptions
{
    /// <summary>64 MiB.</summary>
    public const long DefaultSegmentSizeBytes = 64L << 20;

    /// <summary>512 KiB.</summary>
    public const int DefaultFrameTargetBytes = 512 << 10;

    /// <summary>1,024 batches.</summary>
    public const int DefaultQueueCapacityBatches = 1024;

    /// <summary>The directory of this one chain's log; made if missing.</summary>
    public required string Directory { get; init; }

    /// <summary>The chain. A log of another chain is refused.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Size of a segment file in bytes; larger means fewer rolls, and more disk taken ahead (two segments) and more to scan after a crash. Default 64 MiB.</summary>
    [Range(64L << 10, 4L << 30)]
    public long SegmentSizeBytes { get; init; } = DefaultSegmentSizeBytes;

    /// <summary>A commit takes no further batch once it holds so many bytes; a single batch may be larger. Default 512 KiB.</summary>
    [Range(1, 4 << 20)]
    public int FrameTargetBytes { get; init; } = DefaultFrameTargetBytes;

    /// <summary>Batches that may wait for the writer; when there are more, appends wait to be queued. Default 1,024.</summary>
    [Range(1, 1 << 20)]
    public int QueueCapacityBatches { get; init; } = DefaultQueueCapacityBatches;

    /// <summary>What an acknowledgement promises. Default: survives the loss of power.</summary>
    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>The highest position that somebody else (a checkpoint, a sink) knows to be durable: a log that ends below it has lost data and is refused.</summary>
    public GlobalSeq DurableFloor { get; init; }

    /// <summary>Is told of each commit, or null.</summary>
    public ICommitObserver? Observer { get; init; }

    /// <summary>Is told, on a background thread, of damage found in sealed segments; null means that only <see cref="EventLog.Damage"/> keeps it.</summary>
    public Action<LogDamage>? Damaged { get; init; }

    /// <summary>Where the writer's term is kept; null means a file in <see cref="Directory"/>, which serves one node.</summary>
    public IEpochStore? EpochStore { get; init; }

    /// <summary>The file system; the real one unless a test puts a simulated disk here.</summary>
    public ILogFileSystem Files { get; init; } = PosixFileSystem.Instance;

    /// <summary>After the disk was found full, appends are refused for this long before room is looked for again. Default 1 s.</summary>
    public TimeSpan FullRetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock for retries and for pacing verification.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
