using System.Net;
using System.Net.Sockets;

namespace Mempulse.Storage.Tests.Postgres;

/// <summary>Something on a loopback port that is not PostgreSQL: it closes each connection.</summary>
internal sealed class ClosingListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _closing;

    public ClosingListener()
    {
        _listener.Start();
        _closing = CloseEachAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _closing;
    }

    private async Task CloseEachAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync();
            }
        }
        catch (SocketException)
        {
            // the listener was stopped
        }
    }
}
