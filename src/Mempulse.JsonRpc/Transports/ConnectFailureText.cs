using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Mempulse.JsonRpc.Transports;

/// <summary>Says in one sentence why a connection failed, without names of exceptions or of their codes, and without the address.</summary>
internal static class ConnectFailureText
{
    /// <summary>Returns the sentence.</summary>
    /// <param name="failure">The failure; its innermost known cause decides.</param>
    /// <param name="status">The HTTP status that the node answered with; null or 0 if it did not answer.</param>
    public static string Of(Exception failure, HttpStatusCode? status = null)
    {
        if (status is { } answered and not 0)
        {
            return $"Cannot connect: the node answered HTTP {(int)answered}.";
        }

        string? cause = null;
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            cause = CauseOf(inner) ?? cause;
        }

        return $"Cannot connect: {cause ?? "the connection failed"}.";
    }

    private static string? CauseOf(Exception failure) => failure switch
    {
        SocketException socket => CauseOf(socket.SocketErrorCode),
        AuthenticationException => "the TLS handshake failed",
        HttpRequestException request => CauseOf(request.HttpRequestError),
        _ => null,
    };

    private static string? CauseOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "the connection was refused",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name cannot be resolved",
        SocketError.TimedOut => "the host did not answer",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown => "the host cannot be reached",
        SocketError.ConnectionReset or SocketError.ConnectionAborted => "the connection was reset",
        _ => "the connection failed",
    };

    private static string? CauseOf(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "the host name cannot be resolved",
        HttpRequestError.SecureConnectionError => "the TLS handshake failed",
        HttpRequestError.ResponseEnded => "the node closed the connection without an answer",
        HttpRequestError.InvalidResponse => "the answer is not HTTP",
        HttpRequestError.VersionNegotiationError => "the node does not speak the same version of HTTP",
        HttpRequestError.ProxyTunnelError => "the proxy refused the connection",
        _ => null,
    };
}
