using System.ComponentModel.DataAnnotations;
using Mempulse.Folding.Following;

namespace Mempulse.Folding.Live;

/// <summary>How a chain is folded.</summary>
public sealed class FoldOptions
{
    /// <summary>About 0.3 s of replay.</summary>
    public const ulong DefaultCheckpointEvents = 250_000;

    /// <summary>A checkpoint takes about 1 us per transaction held, in slices: with eight events per transaction in between, that is a few percent of the fold's time.</summary>
    public const ulong DefaultCheckpointEventsPerTx = 8;

    /// <summary>About 0.1 s of the fastest log.</summary>
    public const ulong DefaultMaxLagEvents = 32_768;

    /// <summary>Five minutes of mainnet.</summary>
    public static readonly TimeSpan DefaultCheckpointEventTime = TimeSpan.FromMinutes(5);

    /// <summary>Long enough for an operator's cleanup job to free space.</summary>
    public static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Events between two checkpoints. Fewer make a restart quicker and take more of the fold's time.</summary>
    [Range(typeof(ulong), "1000", "100000000")]
    public ulong CheckpointEvents { get; set; } = DefaultCheckpointEvents;

    /// <summary>Events between two checkpoints per transaction that the fold holds; the larger of this and <see cref="CheckpointEvents"/> counts.</summary>
    [Range(typeof(ulong), "0", "1000")]
    public ulong CheckpointEventsPerTx { get; set; } = DefaultCheckpointEventsPerTx;

    /// <summary>Event time after which a checkpoint is taken anyway, if anything was applied.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CheckpointEventTime { get; set; } = DefaultCheckpointEventTime;

    /// <summary>Durable events that may wait for the fold before lanes are held back.</summary>
    [Range(typeof(ulong), "1024", "10000000")]
    public ulong MaxLagEvents { get; set; } = DefaultMaxLagEvents;

    /// <summary>Pause before derived events that are not known to be durable are appended again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = DefaultRetryDelay;

    /// <summary>Bounds and patience of the fold's follower.</summary>
    public FollowerOptions Follower { get; set; } = new();
}
