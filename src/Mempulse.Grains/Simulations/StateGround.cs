using Mempulse.ChainState;
using Mempulse.Observability;

namespace Mempulse.Grains.Simulations;

/// <summary>What a host gives to the state provider of a chain.</summary>
/// <param name="Options">How much of a node's state is fetched and kept.</param>
/// <param name="Meter">Counts what is fetched.</param>
/// <param name="Time">The clock.</param>
public sealed record StateGround(RpcStateOptions Options, StateMeter Meter, TimeProvider Time);
