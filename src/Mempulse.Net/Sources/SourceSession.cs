using Mempulse.JsonRpc.Calls;

namespace Mempulse.Net.Sources;

/// <summary>A connected source.</summary>
/// <param name="Client">The client for calls to it; belongs to the session.</param>
/// <param name="ClientVersion">The node's own name and version; empty if it sends none.</param>
/// <param name="IsSubscribed">False if the source is polled, because it offers no subscriptions.</param>
internal sealed record SourceSession(RpcClient Client, string ClientVersion, bool IsSubscribed);
