using System.Net;
using System.Net.Sockets;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives.Events;

namespace Mempulse.Devp2p;

/// <summary>Opens the TCP connection to a node: resolves its name, and tries its addresses one by one within one time limit.</summary>
internal sealed class NodeConnector(HostNames names, TimeSpan limit, TimeProvider time)
{
    /// <summary>Returns the connected socket, or the reason for the failure; neither when the token is cancelled.</summary>
    public async Task<(Socket? Socket, DialFailure? Failure)> ConnectAsync(Enode node, CancellationToken cancellationToken)
    {
        try
        {
            return await Deadline.RunAsync(token => TryAllAsync(node, token), limit, time, DialFailures.Timeout.Detail, cancellationToken).ConfigureAwait(false);
        }
        catch (PeerFaultException)
        {
            return (null, DialFailures.Timeout);
        }
        catch (OperationCanceledException)
        {
            return (null, null);
        }
    }

    private async ValueTask<(Socket? Socket, DialFailure? Failure)> TryAllAsync(Enode node, CancellationToken cancellationToken)
    {
        var failure = new DialFailure(DialFailureReason.NameNotResolved, $"The host name '{node.Host}' has no address.");
        foreach (var address in await names.FindAsync(node, cancellationToken).ConfigureAwait(false))
        {
            (var socket, failure) = await TryAsync(new IPEndPoint(address, node.TcpPort), cancellationToken).ConfigureAwait(false);
            if (socket is not null)
            {
                return (socket, null);
            }
        }

        return (null, failure);
    }

    private static async Task<(Socket? Socket, DialFailure Failure)> TryAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(target, cancellationToken).ConfigureAwait(false);
            (var connected, socket) = (socket, null);
            return (connected, DialFailures.Timeout);
        }
        catch (SocketException failure)
        {
            return (null, DialFailures.Of(failure));
        }
        finally
        {
            socket?.Dispose();
        }
    }
}
