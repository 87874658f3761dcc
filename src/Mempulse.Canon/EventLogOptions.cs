using System.ComponentModel.DataAnnotations;
using Mempulse.Canon.Appending;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;

namespace Mempulse.Canon;

/// <summary>Options for opening a log for writing.</summary>
public sealed class EventLogOptions
{
    /// <summary>The default segment size: 64 MiB.</summary>
    public const long DefaultSegmentSizeBytes = 64L << 20;

    /// <summary>The default target size of a commit: 512 KiB.</summary>
    public const int DefaultFrameTargetBytes = 512 << 10;

    /// <summary>The default queue capacity: 1,024 batches.</summary>
    public const int DefaultQueueCapacityBatches = 1024;

    /// <summary>The directory of this chain's log; created if missing.</summary>
    public required string Directory { get; init; }

    /// <summary>The chain. Opening a log of another chain fails.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>
    /// Size of a segment file in bytes. Larger segments roll less often, but preallocate more disk (the current segment and
    /// the next one) and take longer to scan after a crash. Default 64 MiB.
    /// </summary>
    [Range(64L << 10, 4L << 30)]
    public long SegmentSizeBytes { get; init; } = DefaultSegmentSizeBytes;

    /// <summary>Largest commit in bytes that batches are grouped into; a larger batch is committed alone. Default 512 KiB.</summary>
    [Range(1, 4 << 20)]
    public int FrameTargetBytes { get; init; } = DefaultFrameTargetBytes;

    /// <summary>Number of batches that may wait for the writer; beyond it, appends wait asynchronously for room. Default 1,024.</summary>
    [Range(1, 1 << 20)]
    public int QueueCapacityBatches { get; init; } = DefaultQueueCapacityBatches;

    /// <summary>What an acknowledgement guarantees. Default: acknowledged events survive a power loss.</summary>
    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>The highest position that a sink knows to be durable. A log that ends below it has lost data and does not open.</summary>
    /// <remarks>With <see cref="Durability.Fsync"/> the newest checkpoint in the directory counts too.</remarks>
    public GlobalSeq DurableFloor { get; init; }

    /// <summary>Receives each commit; null for none.</summary>
    public ICommitObserver? Observer { get; init; }

    /// <summary>Called on a background thread with damage found in sealed segments; null means that it is only kept in <see cref="EventLog.Damage"/>.</summary>
    public Action<LogDamage>? Damaged { get; init; }

    /// <summary>Stores the writer's epoch; null means a file in <see cref="Directory"/>, which suits a single node.</summary>
    public IEpochStore? EpochStore { get; init; }

    /// <summary>The file system. Default: the operating system's; tests substitute a simulated disk.</summary>
    public ILogFileSystem Files { get; init; } = PosixFileSystem.Instance;

    /// <summary>How long appends are refused after the disk was found full, before the log tries again. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan FullRetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock for retries and for pacing background verification.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Checks each range.</summary>
    /// <exception cref="ValidationException">An option is invalid; the message names it.</exception>
    public void Validate() => Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
}
