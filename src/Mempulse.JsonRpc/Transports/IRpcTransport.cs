using System.Text.Json;

namespace Mempulse.JsonRpc.Transports;

/// <summary>Sends one JSON-RPC message to a node and returns the answer.</summary>
internal interface IRpcTransport : IAsyncDisposable
{
    /// <summary>Sends a request, single or batch. The caller disposes the answer.</summary>
    /// <exception cref="RpcTransportException">The answer did not arrive, is not JSON, or exceeds the size limit.</exception>
    Task<JsonDocument> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken);
}
