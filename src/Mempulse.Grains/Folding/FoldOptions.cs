using System.ComponentModel.DataAnnotations;
using Mempulse.Grains.Following;

namespace Mempulse.Grains.Folding;

/// <summary>How a chain is folded.</summary>
public sealed class FoldOptions
{
    /// <summary>About 0.3 s of replay.</summary>
    public const ulong DefaultCheckpointEvents = 250_000;

    /// <summary>A checkpoint pauses the fold some 2 us for each transaction held: with eight events for each in between, less than 1 % of the events meet the pause.</summary>
    public const ulong DefaultCheckpointEventsPerTx = 8;

    /// <summary>About 0.1 s of the fastest log.</summary>
    public const ulong DefaultMaxLagEvents = 32_768;

    /// <summary>Five minutes of mainnet.</summary>
    public static readonly TimeSpan DefaultCheckpointEventTime = TimeSpan.FromMinutes(5);

    /// <summary>Long enough for a disk to get room.</summary>
    public static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Events after which a checkpoint is taken. Fewer make a restart quicker and cost a pause more often.</summary>
    [Range(1_000, 100_000_000)]
    public ulong CheckpointEvents { get; set; } = DefaultCheckpointEvents;

    /// <summary>Events for each transaction that the fold holds; when that is more than <see cref="CheckpointEvents"/>, a checkpoint waits for it.</summary>
    [Range(0, 1_000)]
    public ulong CheckpointEventsPerTx { get; set; } = DefaultCheckpointEventsPerTx;

    /// <summary>Event time after which one is taken even so, if anything was applied.</summary>
    public TimeSpan CheckpointEventTime { get; set; } = DefaultCheckpointEventTime;

    /// <summary>Durable events that may wait for the fold before lanes are held back.</summary>
    [Range(1_024, 10_000_000)]
    public ulong MaxLagEvents { get; set; } = DefaultMaxLagEvents;

    /// <summary>Pause before derived events that the log did not take are appended again.</summary>
    public TimeSpan RetryDelay { get; set; } = DefaultRetryDelay;

    /// <summary>Bounds and patience of the fold's follower.</summary>
    public FollowerOptions Follower { get; set; } = new();
}
