using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;

namespace Mempulse.Net.Sources;

/// <summary>A source while it is connected.</summary>
/// <param name="Endpoint">The node.</param>
/// <param name="Client">For calls to it; belongs to the session.</param>
/// <param name="ClientVersion">What the node says it is; empty when it does not say.</param>
internal sealed record SourceSession(RpcEndpoint Endpoint, RpcClient Client, string ClientVersion);
