using System.Net;
using System.Net.Sockets;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Records;

namespace Mempulse.Devp2p.Discovery;

/// <summary>Runs discv4 on a UDP socket and reports each wanted node that answers.</summary>
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
    /// <param name="self">This node's address; UDP port 0 binds a free port.</param>
    /// <param name="forkId">The fork id stated in this node's record.</param>
    /// <param name="isWanted">Decides by its record whether a node is worth dialling.</param>
    /// <param name="found">Called for each wanted node, and for nodes from before EIP-868, which have no record.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public V4Service(NodeKey key, Enode self, ForkId forkId, Predicate<NodeRecord> isWanted, Action<Enode> found, TimeProvider time)
    {
        _socket = new UdpClient(self.UdpEndPoint);
        Self = self with { UdpPort = ((IPEndPoint)_socket.Client.LocalEndPoint!).Port };
        _node = new V4Node(key, Self, NodeRecord.Sign(key, (ulong)time.GetUtcNow().ToUnixTimeMilliseconds(), Self, forkId), isWanted);
        _found = found;
        _time = time;
    }

    /// <summary>This node's address, with the bound port.</summary>
    public Enode Self { get; }

    /// <summary>Number of nodes in the table.</summary>
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

    /// <summary>Number of nodes whose records are not wanted.</summary>
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

    /// <summary>Pings the boot nodes and starts periodic lookups.</summary>
    public void Start(IReadOnlyList<Enode> bootNodes, HostNames names) => _loops = Task.WhenAll(ReceiveAllAsync(), SearchAsync(bootNodes, names));

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
                // An ICMP error for an earlier send surfaces here. On closing, the loop's condition ends the loop.
            }
        }
    }

    private async Task SearchAsync(IReadOnlyList<Enode> bootNodes, HostNames names)
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
                        await PingAsync(bootNode, names).ConfigureAwait(false);
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

    private async Task PingAsync(Enode bootNode, HostNames names)
    {
        foreach (var address in await names.FindAsync(bootNode, _closing.Token).ConfigureAwait(false))
        {
            var target = bootNode with { Address = address, Host = null };
            await SendAsync(Locked(node => node.Ping(target, _time.GetUtcNow()))).ConfigureAwait(false);
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
                // An unreachable address counts as a lost datagram.
            }
        }
    }
}
