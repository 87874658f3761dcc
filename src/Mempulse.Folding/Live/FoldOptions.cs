using System.ComponentModel.DataAnnotations;
using Mempulse.Folding.Following;

namespace Mempulse.Folding.Live;

/// <summary>Options of a chain's fold.</summary>
public sealed class FoldOptions
{
    /// <summary>About 0.3 s of replay.</summary>
    public const ulong DefaultCheckpointEvents = 250_000;

    /// <summary>A checkpoint takes about 1 us per transaction in the fold: with eight events per transaction in between, a few percent of its time.</summary>
    public const ulong DefaultCheckpointEventsPerTx = 8;

    /// <summary>About 0.1 s of the fastest log.</summary>
    public const ulong DefaultMaxLagEvents = 32_768;

    /// <summary>Five minutes of mainnet: about 25 blocks.</summary>
    public static readonly TimeSpan DefaultCheckpointEventTime = TimeSpan.FromMinutes(5);

    /// <summary>Slow enough not to hammer a full disk, fast enough to resume soon after space is freed.</summary>
    public static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Events between two checkpoints. Fewer events mean a faster restart and more of the fold's time spent on checkpoints.</summary>
    [Range(typeof(ulong), "1000", "100000000")]
    public ulong CheckpointEvents { get; set; } = DefaultCheckpointEvents;

    /// <summary>Events between two checkpoints per transaction in the fold; the larger of this and <see cref="CheckpointEvents"/> applies.</summary>
    [Range(typeof(ulong), "0", "1000")]
    public ulong CheckpointEventsPerTx { get; set; } = DefaultCheckpointEventsPerTx;

    /// <summary>Event time after which a checkpoint is taken in any case, if anything was applied.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CheckpointEventTime { get; set; } = DefaultCheckpointEventTime;

    /// <summary>Durable events that may be waiting for the fold before lanes are held back.</summary>
    [Range(typeof(ulong), "1024", "10000000")]
    public ulong MaxLagEvents { get; set; } = DefaultMaxLagEvents;

    /// <summary>The delay before an append of derived events that are not known to be durable is repeated.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = DefaultRetryDelay;

    /// <summary>
    /// Head of a chain that replaced another one beyond finality; setting it acknowledges the replacement, and /health no longer reports it. Only the newest
    /// replacement can be acknowledged. Default: none.
    /// </summary>
    [RegularExpression("0x[0-9a-fA-F]{64}", ErrorMessage = "0x and 64 hex digits")]
    public string? AcknowledgedHead { get; set; }

    /// <summary>Buffer size and timeouts of the fold's follower.</summary>
    public FollowerOptions Follower { get; set; } = new();
}
