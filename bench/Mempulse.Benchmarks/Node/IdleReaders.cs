using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mempulse.Benchmarks.Node;

/// <summary>Clients that request a page and never read the answer.</summary>
internal sealed class IdleReaders : IDisposable
{
    private const int ReceiveBufferBytes = 4_096;
    private static readonly byte[] _request = Encoding.ASCII.GetBytes("GET /events?limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private readonly List<Socket> _sockets = [];

    /// <summary>Connects a number of them, and sends their requests.</summary>
    public static async Task<IdleReaders> OpenAsync(int count, int port)
    {
        var readers = new IdleReaders();
        for (int i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = ReceiveBufferBytes };
            readers._sockets.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, port).ConfigureAwait(false);
            await socket.SendAsync(_request).ConfigureAwait(false);
        }

        return readers;
    }

    /// <summary>Closes their connections.</summary>
    public void Dispose() => _sockets.ForEach(static socket => socket.Dispose());
}
