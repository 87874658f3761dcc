using System.Net;
using System.Net.Sockets;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p;

/// <summary>Takes a connected socket through the RLPx handshake, hello and status within one time limit, or closes it.</summary>
internal sealed class ConnectionOpening(SessionContext context, PeerTable table, ReplayGuard replays)
{
    /// <summary>Returns the session, already added to the peer table, or why opening failed; the connection is then closed.</summary>
    public async Task<OpeningOutcome> RunAsync(Socket socket, NodeId? remote, CancellationToken cancellationToken)
    {
        var address = (IPEndPoint)socket.RemoteEndPoint!;
        var stream = new NetworkStream(socket, ownsSocket: true);
        RlpxConnection? connection = null;
        PeerSession? session = null;
        var opening = OpenAsync();
        var loss = await PeerSession.LossOfAsync(opening).ConfigureAwait(false);
        if (session is not null && opening.IsCompletedSuccessfully)
        {
            return new OpeningOutcome(session, session.Peer.Id, Failure: null);
        }

        if (connection is not null && !loss.IsByPeer && loss.Reason != DisconnectReason.TcpError)
        {
            await PeerSession.LossOfAsync(Goodbye.SayAsync(connection, loss.Reason, context.Time)).ConfigureAwait(false);
        }

        IAsyncDisposable opened = connection is null ? stream : connection;
        await opened.DisposeAsync().ConfigureAwait(false);
        var failure = DialFailures.Of(CauseOf(opening), isOutbound: remote is not null, isAnswered: connection is not null);
        return new OpeningOutcome(Session: null, connection?.Remote, failure);

        static Exception? CauseOf(Task failed) => failed.Exception?.InnerException;

        async Task OpenAsync() => await Deadline.RunAsync(
            async token =>
            {
                connection = remote is null
                    ? await RlpxHandshake.AcceptAsync(stream, context.Key, replays, token).ConfigureAwait(false)
                    : await RlpxHandshake.DialAsync(stream, context.Key, remote, token).ConfigureAwait(false);
                var direction = remote is null ? PeerDirection.Inbound : PeerDirection.Outbound;
                ThrowIfRefused(table.ReasonToRefuse(connection.Remote, address.Address, direction));
                session = await new SessionOpening(connection, context).RunAsync(address, direction, token).ConfigureAwait(false);
                ThrowIfRefused(table.TryAdd(session));
            },
            context.Options.HandshakeTimeout,
            context.Time,
            "The peer did not finish the handshake in time.",
            cancellationToken).ConfigureAwait(false);
    }

    private static void ThrowIfRefused(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw refusal.ToException();
        }
    }
}
