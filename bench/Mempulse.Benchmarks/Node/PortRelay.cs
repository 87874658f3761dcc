using System.Net;
using System.Net.Sockets;

namespace Mempulse.Benchmarks.Node;

/// <summary>A port on loopback that leads to another one, which can be changed while it is used.</summary>
internal sealed class PortRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _open = [];
    private int _target;

    /// <summary>Starts a relay to a port.</summary>
    public PortRelay(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Its own port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Leads to another port from now on; connections are cut.</summary>
    public void LeadTo(int target)
    {
        Volatile.Write(ref _target, target);
        Cut();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync().ConfigureAwait(false);
            _ = RelayAsync(client);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, Volatile.Read(ref _target)).ConfigureAwait(false);
            lock (_gate)
            {
                _open.AddRange([client, server]);
            }

            var (left, right) = (client.GetStream(), server.GetStream());
            await Task.WhenAny(left.CopyToAsync(right), right.CopyToAsync(left)).ConfigureAwait(false);
        }
    }

    private void Cut()
    {
        lock (_gate)
        {
            _open.ForEach(static connection => connection.Close());
            _open.Clear();
        }
    }
}
