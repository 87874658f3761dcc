using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mempulse.Cli.Tests.Monitoring;

/// <summary>An HTTP server that answers each request with the next of the given bodies.</summary>
internal sealed class StatusStub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;
    private string _request = string.Empty;

    public StatusStub(params string[] bodies)
    {
        _listener.Start();
        _serving = ServeAsync(bodies);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The first line of the last request.</summary>
    public string Status { get; init; } = "200 OK";

    public string Request => Volatile.Read(ref _request);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync(string[] bodies)
    {
        foreach (string body in bodies)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, leaveOpen: true);
            Volatile.Write(ref _request, await reader.ReadLineAsync() ?? string.Empty);
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
            }

            byte[] content = Encoding.UTF8.GetBytes(body);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Status}\r\nContent-Type: application/json\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(content);
            client.Client.Shutdown(SocketShutdown.Send);
            await reader.ReadToEndAsync(); // a body that is not read would reset the connection, and the answer with it
        }
    }
}
