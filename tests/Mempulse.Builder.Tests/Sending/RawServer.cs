using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mempulse.Builder.Tests.Sending;

/// <summary>Answers every request with the same bytes and closes the connection.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _answer;
    private readonly Task _serving;
    private int _requests;

    public RawServer(string answer)
        : this(Encoding.Latin1.GetBytes(answer))
    {
    }

    public RawServer(byte[] answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>True to answer nothing and keep the connection.</summary>
    public bool IsSilent { get; init; }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Connections with a request so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public static string Http(int status, string body, string type = "application/json") =>
        $"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        byte[] buffer = new byte[65_536];
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var stream = client.GetStream();
                if (await stream.ReadAsync(buffer, _stop.Token) > 0)
                {
                    Interlocked.Increment(ref _requests);
                    if (!IsSilent)
                    {
                        await stream.WriteAsync(_answer, _stop.Token);
                        client.Client.Shutdown(SocketShutdown.Send);
                    }

                    while (await stream.ReadAsync(buffer, _stop.Token) > 0)
                    {
                        // Until the client closes, so that no reset overtakes the answer.
                    }
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or InvalidOperationException)
        {
            // The test ended, or the client did not want the rest.
        }
    }
}
