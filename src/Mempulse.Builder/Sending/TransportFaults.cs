using Mempulse.Builder.Answers;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Sending;

/// <summary>Decides from a failure of the network whether anything can have arrived.</summary>
internal static class TransportFaults
{
    /// <summary>Classifies a failure. The message names no address.</summary>
    public static RelayAnswer Classify(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.ConnectionError => NotConnected("The connection was refused or did not come up."),
        HttpRequestError.NameResolutionError => NotConnected("The host name cannot be resolved."),
        HttpRequestError.SecureConnectionError => NotConnected("The TLS handshake failed."),
        HttpRequestError.ProxyTunnelError => NotConnected("The proxy refused the connection."),
        HttpRequestError.VersionNegotiationError => NotConnected("The relay does not speak the same version of HTTP."),
        HttpRequestError.ConfigurationLimitExceeded => new RelayAnswer { Class = ErrorClass.TooLong, Message = "The headers of the answer exceed the size limit." },
        HttpRequestError.InvalidResponse => new RelayAnswer { Class = ErrorClass.Malformed, Message = "The answer is not HTTP." },
        _ => new RelayAnswer { Class = ErrorClass.ConnectionLost, Message = "The connection broke." },
    };

    private static RelayAnswer NotConnected(string message) => new() { Class = ErrorClass.NotConnected, Message = message };
}
