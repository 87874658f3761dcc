using System.Net.WebSockets;
using Mempulse.JsonRpc.Endpoints;

namespace Mempulse.JsonRpc.Transports;

/// <summary>Opens WebSockets with a limit on message size.</summary>
internal static class WebSocketConnector
{
    /// <summary>Connects within the call timeout.</summary>
    /// <exception cref="RpcTransportException">The connection failed.</exception>
    public static async Task<BoundedWebSocket> ConnectAsync(Uri url, RpcConnectionOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.KeepAliveInterval = options.SilenceLimit / 3;
            socket.Options.KeepAliveTimeout = options.SilenceLimit;
            await socket.ConnectAsync(url, either.Token).ConfigureAwait(false);
            var bounded = new BoundedWebSocket(socket, options.MaxMessageBytes, time);
            socket = null;
            return bounded;
        }
        catch (WebSocketException failure)
        {
            throw new RpcTransportException(TransportFault.ConnectFailed, ConnectFailureText.Of(failure, socket?.HttpStatusCode), failure);
        }
        catch (OperationCanceledException failure) when (timeout.IsCancellationRequested)
        {
            throw new RpcTransportException(TransportFault.ConnectFailed, $"Cannot connect: the node did not answer within {options.CallTimeout}.", failure);
        }
        finally
        {
            socket?.Dispose();
        }
    }
}
