using Mempulse.ChainState;
using Mempulse.Observability;

namespace Mempulse.Grains.Simulations;

/// <summary>What the host provides to a chain's state provider.</summary>
/// <param name="Options">Options of fetching and caching state.</param>
/// <param name="Meter">The metrics.</param>
/// <param name="Time">The clock.</param>
public sealed record StateContext(RpcStateOptions Options, StateMeter Meter, TimeProvider Time);
