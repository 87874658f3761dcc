using System.ComponentModel.DataAnnotations;
using Mempulse.Sim.Outcomes;

namespace Mempulse.ChainState;

/// <summary>Limits on what a simulation fetches from nodes and on what is cached.</summary>
public sealed class RpcStateOptions
{
    /// <summary>Maximum rounds of one simulation, each of which executes and fetches what is missing. Default 1,024.</summary>
    [Range(1, 1 << 16)]
    public int MaxRounds { get; init; } = 1024;

    /// <summary>The lowest trust that is accepted. <see cref="StateTrust.Verified"/> rejects unproven state; the default accepts it and marks every outcome.</summary>
    [EnumDataType(typeof(StateTrust))]
    public StateTrust LeastTrust { get; init; } = StateTrust.Unverified;

    /// <summary>Pause before the second attempt to fetch a proof; the pause before the third and last attempt is twice as long. Default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Blocks whose state is cached; the least recently used is evicted. Default 8.</summary>
    [Range(1, 1024)]
    public int CachedBlocks { get; init; } = 8;

    /// <summary>Maximum size of one block's cached state in bytes; a larger one is fetched again by the next simulation. Default 64 MiB.</summary>
    [Range(1L << 16, 1L << 34)]
    public long MaxBlockBytes { get; init; } = 64L << 20;
}
