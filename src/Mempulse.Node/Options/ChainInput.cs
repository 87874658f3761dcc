using Mempulse.JsonRpc.Endpoints;
using Mempulse.Primitives;

namespace Mempulse.Node.Options;

/// <summary>Live input of one chain.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Endpoints">Its JSON-RPC endpoints, each a source of its own with its own name; at least one.</param>
internal sealed record ChainInput(ChainId Chain, IReadOnlyList<RpcEndpoint> Endpoints);
