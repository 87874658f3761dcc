using System.Net;
using System.Net.Sockets;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;

namespace Mempulse.Devp2p.Discovery;

/// <summary>discv4 on a UDP socket: finds nodes and tells of each one that has answered.</summary>
internal sealed class V4Service : IAsyncDisposable
{
    private static readonly TimeSpan LookupInterval = TimeSpan.FromSeconds(2);

    private readonly UdpClient _socket;
    private readonly V4Node _node;
    private readonly TimeProvider _time;
    private readonly Action<Enode> _found;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private Task _loops = Task.CompletedTask;

    /// <param name="key">This node's key.</param>
    /// <param name="self">Its address; port 0 of UDP takes a free one.</param>
    /// <param name="forkId">Its fork id, for its record.</param>
    /// <param name="isWanted">Whether a node is of use, by its record.</param>
    /// <param name="found">Told of each such node, and of those that have no record.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    public V4Service(NodeKey key, Enode self, ForkId forkId, Predicate<NodeRecord> isWanted, Action<Enode> found, TimeProvider time)
    {
        _socket = new UdpClient(self.UdpEndPoint);
        Self = self with { UdpPort = ((IPEndPoint)_socket.Client.LocalEndPoint!).Port };
        _node = new V4Node(key, Self, NodeRecord.Sign(key, (ulong)time.GetUtcNow().ToUnixTimeMilliseconds(), Self, forkId), isWanted);
        _found = found;
        _time = time;
    }

    /// <summary>This node's address, with the port that was taken.</summary>
    public Enode Self { get; }

    /// <summary>Nodes known.</summary>
    public int NodeCount
    {
        get
        {
            lock (_gate)
            {
                return _node.Table.Count;
            }
        }
    }

    /// <summary>Nodes whose records were not wanted.</summary>
    public long UnwantedNodeCount
    {
        get
        {
            lock (_gate)
            {
                return _node.UnwantedNodes;
            }
        }
    }

    /// <summary>Pings the boot nodes, and searches from then on.</summary>
    public void Start(IReadOnlyList<Enode> bootNodes) => _loops = Task.WhenAll(ReceiveAllAsync(), SearchAsync(bootNodes));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _loops.ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task ReceiveAllAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var datagram = await _socket.ReceiveAsync(_closing.Token).ConfigureAwait(false);
                await SendAsync(Locked(node => node.Handle(datagram.Buffer, datagram.RemoteEndPoint, _time.GetUtcNow()))).ConfigureAwait(false);
                Report();
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // A datagram that could not be delivered comes back as an error of the next call; the loop's condition tells closing apart.
            }
        }
    }

    private async Task SearchAsync(IReadOnlyList<Enode> bootNodes)
    {
        using var timer = new PeriodicTimer(LookupInterval, _time);
        try
        {
            do
            {
                if (NodeCount == 0)
                {
                    foreach (var bootNode in bootNodes)
                    {
                        await SendAsync(Locked(node => node.Ping(bootNode, _time.GetUtcNow()))).ConfigureAwait(false);
                    }
                }

                await SendAsync(Locked(node => node.Tick(_time.GetUtcNow()))).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(_closing.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }

    private IReadOnlyList<OutgoingPacket> Locked(Func<V4Node, IReadOnlyList<OutgoingPacket>> step)
    {
        lock (_gate)
        {
            return step(_node);
        }
    }

    private void Report()
    {
        List<Enode> found;
        lock (_gate)
        {
            found = [.. _node.TakeFound()];
        }

        found.ForEach(_found);
    }

    private async Task SendAsync(IReadOnlyList<OutgoingPacket> packets)
    {
        foreach (var packet in packets)
        {
            try
            {
                await _socket.SendAsync(packet.Bytes, packet.To, _closing.Token).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                // UDP promises nothing: an address that cannot be reached is a packet lost.
            }
        }
    }
}
