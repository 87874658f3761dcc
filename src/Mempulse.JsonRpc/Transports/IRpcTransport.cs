using System.Text.Json;

namespace Mempulse.JsonRpc.Transports;

/// <summary>Carries one JSON-RPC message to a node and its answer back.</summary>
internal interface IRpcTransport : IAsyncDisposable
{
    /// <summary>Sends a request, single or batch; the caller disposes of the answer.</summary>
    /// <exception cref="RpcTransportException">No answer came, or it is not JSON or over the limit.</exception>
    Task<JsonDocument> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken);
}
