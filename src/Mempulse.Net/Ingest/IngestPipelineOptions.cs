using System.ComponentModel.DataAnnotations;

namespace Mempulse.Net.Ingest;

/// <summary>Sizes and limits of a lane's pipeline.</summary>
public sealed class IngestPipelineOptions : IValidatableObject
{
    /// <summary>Default of <see cref="QueueCapacityItems"/>: two seconds of mainnet's worst burst, and less than a node's pool holds.</summary>
    public const int DefaultQueueCapacityItems = 16_384;

    /// <summary>Default of <see cref="QueueCapacityBytes"/>: enough for a full queue at four times the mean body, or for a dozen blob sidecars.</summary>
    public const int DefaultQueueCapacityBytes = 32 << 20;

    /// <summary>Default of <see cref="MaxBodyBytes"/>: above a blob transaction in network form with 21 blobs, which exceeds everything valid today.</summary>
    public const int DefaultMaxBodyBytes = 3 << 20;

    /// <summary>Default of <see cref="ChunkItems"/>.</summary>
    public const int DefaultChunkItems = 64;

    /// <summary>Default of <see cref="MinBatchEvents"/>.</summary>
    public const int DefaultMinBatchEvents = 64;

    /// <summary>Default of <see cref="MaxBatchEvents"/>: enough for the records that arrive at full speed while the disk syncs the previous append.</summary>
    public const int DefaultMaxBatchEvents = 2_048;

    /// <summary>Maximum bytes per append, unless a single record is larger.</summary>
    public const int DefaultMaxBatchBytes = 512 << 10;

    /// <summary>Default of <see cref="RecentBodies"/>: about a quarter of a day of mainnet.</summary>
    public const int DefaultRecentBodies = 1 << 18;

    /// <summary>Default of <see cref="DropWindow"/>.</summary>
    public static readonly TimeSpan DefaultDropWindow = TimeSpan.FromSeconds(1);

    /// <summary>Default of <see cref="RetryDelay"/>.</summary>
    public static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Capacity of the queue in items; further items are dropped or wait. A longer queue absorbs longer bursts and adds delay.</summary>
    [Range(1, 1 << 22)]
    public int QueueCapacityItems { get; init; } = DefaultQueueCapacityItems;

    /// <summary>Capacity of the queue in bytes of bodies.</summary>
    [Range(1 << 12, 1 << 30)]
    public int QueueCapacityBytes { get; init; } = DefaultQueueCapacityBytes;

    /// <summary>Maximum size of a body in bytes. A larger one is dropped as oversize.</summary>
    [Range(1 << 8, 1 << 26)]
    public int MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>Number of decoding threads. Default: one less than the number of cores, at least two, so that one decodes while the other waits for its turn. The output does not depend on it.</summary>
    [Range(1, 64)]
    public int DecodeWorkers { get; init; } = Math.Clamp(Environment.ProcessorCount - 1, 2, 64);

    /// <summary>Maximum items per chunk. Smaller chunks spread a burst better; larger ones cost less locking.</summary>
    [Range(1, 4096)]
    public int ChunkItems { get; init; } = DefaultChunkItems;

    /// <summary>Minimum records per append while more input waits. An idle lane appends immediately.</summary>
    [Range(1, 1 << 16)]
    public int MinBatchEvents { get; init; } = DefaultMinBatchEvents;

    /// <summary>Maximum records per append.</summary>
    [Range(1, 1 << 16)]
    public int MaxBatchEvents { get; init; } = DefaultMaxBatchEvents;

    /// <summary>Maximum bytes per append, unless a single record is larger.</summary>
    [Range(1 << 8, 1 << 24)]
    public int MaxBatchBytes { get; init; } = DefaultMaxBatchBytes;

    /// <summary>Decoded bodies to remember, so that each body is appended once.</summary>
    [Range(16, 1 << 24)]
    public int RecentBodies { get; init; } = DefaultRecentBodies;

    /// <summary>Window within which drops of one kind share an event. From 10 ms to 1 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan DropWindow { get; init; } = DefaultDropWindow;

    /// <summary>Pause before an append is repeated because its outcome is unknown or it was refused. From 1 ms to 1 min, default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; init; } = DefaultRetryDelay;

    /// <summary>What to do while the log refuses records.</summary>
    [EnumDataType(typeof(LogRefusal))]
    public LogRefusal WhenLogRefuses { get; init; } = LogRefusal.Drop;

    /// <summary>Checks each range and the relations between options.</summary>
    /// <exception cref="ValidationException">An option is not valid; the message names it.</exception>
    public void Validate() => Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinBatchEvents > MaxBatchEvents)
        {
            yield return new ValidationResult($"{nameof(MinBatchEvents)} ({MinBatchEvents}) exceeds {nameof(MaxBatchEvents)} ({MaxBatchEvents}).");
        }

        if (MaxBodyBytes > QueueCapacityBytes)
        {
            yield return new ValidationResult($"{nameof(MaxBodyBytes)} ({MaxBodyBytes}) exceeds {nameof(QueueCapacityBytes)} ({QueueCapacityBytes}).");
        }
    }
}
