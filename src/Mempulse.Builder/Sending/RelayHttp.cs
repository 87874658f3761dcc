using System.Net;

namespace Mempulse.Builder.Sending;

/// <summary>The connections to relays: no redirects, no cookies, no credentials of the system, bounded headers and times. Safe for any thread.</summary>
public sealed class RelayHttp : IDisposable
{
    /// <summary>Largest body of an answer in bytes, inclusive. Real ones have fewer than 1,000.</summary>
    internal const int MaxAnswerBytes = 64 * 1024;

    private const int MaxHeaderKilobytes = 16;

    /// <summary>How long a connection may take to come up.</summary>
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(1);

    /// <summary>After this a connection is replaced, so that a changed name is seen.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly SocketsHttpHandler _handler = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None, // a small answer must not become a large one
        ConnectTimeout = ConnectPatience,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        PooledConnectionLifetime = ConnectionLifetime,
        EnableMultipleHttp2Connections = true,
    };

    private readonly HttpMessageInvoker _invoker;

    /// <summary>Creates connections, to be shared by all clients.</summary>
    public RelayHttp() => _invoker = new HttpMessageInvoker(_handler, disposeHandler: false);

    /// <summary>Sends a request once; the body of the answer is not read.</summary>
    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _invoker.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _invoker.Dispose();
        _handler.Dispose();
    }
}
