using System.ComponentModel.DataAnnotations;

namespace Mempulse.Net.Ingest;

/// <summary>Sizes and limits of one lane's pipeline.</summary>
public sealed class IngestPipelineOptions : IValidatableObject
{
    /// <summary>Two seconds of mainnet's worst burst, and below what the pool of a node holds.</summary>
    public const int DefaultQueueCapacityItems = 16_384;

    /// <summary>Room for the queue's items at four times the mean body, or for a dozen blob sidecars.</summary>
    public const int DefaultQueueCapacityBytes = 32 << 20;

    /// <summary>A blob transaction in network form with 21 blobs; everything valid today is below it.</summary>
    public const int DefaultMaxBodyBytes = 3 << 20;

    /// <summary>Items a worker takes at once.</summary>
    public const int DefaultChunkItems = 64;

    /// <summary>Fewest records for which an append starts while more input waits.</summary>
    public const int DefaultMinBatchEvents = 64;

    /// <summary>Most records of one append: enough for the records that arrive at full speed while the disk syncs the append before.</summary>
    public const int DefaultMaxBatchEvents = 2_048;

    /// <summary>Most bytes of one append, unless a single record is longer.</summary>
    public const int DefaultMaxBatchBytes = 512 << 10;

    /// <summary>Bodies remembered as decoded: about a quarter of a day of mainnet.</summary>
    public const int DefaultRecentBodies = 1 << 18;

    /// <summary>Window in which drops of one kind share an event.</summary>
    public static readonly TimeSpan DefaultDropWindow = TimeSpan.FromSeconds(1);

    /// <summary>Pause before an append is repeated.</summary>
    public static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Items the queue holds; more are dropped or wait. A longer queue rides out longer bursts at more delay.</summary>
    [Range(1, 1 << 22)]
    public int QueueCapacityItems { get; init; } = DefaultQueueCapacityItems;

    /// <summary>Bytes of bodies the queue holds.</summary>
    [Range(1 << 12, 1 << 30)]
    public int QueueCapacityBytes { get; init; } = DefaultQueueCapacityBytes;

    /// <summary>Longest body taken, in bytes; a longer one is dropped as oversize.</summary>
    [Range(1 << 8, 1 << 26)]
    public int MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>Threads that decode; one core fewer than the machine has, at least two: one decodes while the other waits for its turn. What is appended does not depend on it.</summary>
    [Range(1, 64)]
    public int DecodeWorkers { get; init; } = Math.Clamp(Environment.ProcessorCount - 1, 2, 64);

    /// <summary>Items a worker takes at once. Fewer spread a burst better, more cost less locking.</summary>
    [Range(1, 4096)]
    public int ChunkItems { get; init; } = DefaultChunkItems;

    /// <summary>Fewest records for which an append starts while more input waits; an idle lane appends at once.</summary>
    [Range(1, 1 << 16)]
    public int MinBatchEvents { get; init; } = DefaultMinBatchEvents;

    /// <summary>Most records of one append.</summary>
    [Range(1, 1 << 16)]
    public int MaxBatchEvents { get; init; } = DefaultMaxBatchEvents;

    /// <summary>Most bytes of one append, unless a single record is longer.</summary>
    [Range(1 << 8, 1 << 24)]
    public int MaxBatchBytes { get; init; } = DefaultMaxBatchBytes;

    /// <summary>Hashes of decoded bodies that are remembered, so that a body is appended once.</summary>
    [Range(16, 1 << 24)]
    public int RecentBodies { get; init; } = DefaultRecentBodies;

    /// <summary>Window in which drops of one kind share an event; from 10 ms to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan DropWindow { get; init; } = DefaultDropWindow;

    /// <summary>Pause before an append whose outcome is unknown, or that was refused, is tried again; from 1 ms to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; init; } = DefaultRetryDelay;

    /// <summary>What happens while the log takes nothing.</summary>
    public LogRefusal WhenLogRefuses { get; init; } = LogRefusal.Drop;

    /// <summary>Checks ranges and how the options fit together.</summary>
    /// <exception cref="ValidationException">One of them does not fit; the message says which.</exception>
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
