using Mempulse.JsonRpc.Endpoints;
using Mempulse.Primitives;

namespace Mempulse.Node.Options;

/// <summary>Live input of one chain.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Endpoints">Its JSON-RPC endpoints, at least one; each is a source with a unique name.</param>
internal sealed record ChainInput(ChainId Chain, IReadOnlyList<RpcEndpoint> Endpoints);
