using System.ComponentModel.DataAnnotations;
using Mempulse.Sim.Outcomes;

namespace Mempulse.ChainState;

/// <summary>How much a simulation may ask of a node, and how much of its answers is kept.</summary>
public sealed class RpcStateOptions
{
    /// <summary>Most rounds of executing, and fetching what was missing, of one simulation. Default 1,024.</summary>
    [Range(1, 1 << 16)]
    public int MaxRounds { get; init; } = 1024;

    /// <summary>The least that is taken: <see cref="StateTrust.Verified"/> refuses what a node does not prove, the default takes it and says so in every outcome.</summary>
    [EnumDataType(typeof(StateTrust))]
    public StateTrust LeastTrust { get; init; } = StateTrust.Unverified;

    /// <summary>Pause before a proof is asked for again that a node could not give just now; twice as long before the third time, which is the last. Default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan PauseBeforeAskingAgain { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Blocks whose state is kept in memory; the one used longest ago goes first. Default 8.</summary>
    [Range(1, 1024)]
    public int CachedBlocks { get; init; } = 8;

    /// <summary>Bytes of one block's state that are kept from one simulation to the next; beyond it the state is fetched anew. Default 64 MiB.</summary>
    [Range(1L << 16, 1L << 34)]
    public long MaxBlockBytes { get; init; } = 64L << 20;
}
