using Mempulse.ChainState;

namespace Mempulse.Grains.Simulations;

/// <summary>What a host gives to the state provider of a chain.</summary>
/// <param name="Options">How much of a node's state is fetched and kept.</param>
/// <param name="Time">The clock.</param>
public sealed record StateGround(RpcStateOptions Options, TimeProvider Time);
