using System.Collections.Concurrent;
using System.Net;
using Mempulse.Devp2p.Discovery;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Tests.Sessions;

namespace Mempulse.Devp2p.Tests.Discovery;

public sealed class V4ServiceTests
{
    [Fact]
    public async Task Nodes_find_each_other_over_real_sockets_through_a_boot_node()
    {
        var found = new ConcurrentBag<NodeId>();
        await using var boot = Create(_ => { });
        await using var alice = Create(node => found.Add(node.Id));
        await using var bob = Create(_ => { });

        boot.Start([]);
        bob.Start([boot.Self]);
        await Until.TrueAsync(() => boot.NodeCount == 1, "bob has bonded with the boot node");
        alice.Start([boot.Self]);

        await Until.TrueAsync(() => found.Contains(bob.Self.Id), "alice has found bob");
    }

    [Fact]
    public async Task A_runtime_becomes_the_peer_of_a_node_that_it_was_not_told_of()
    {
        await using var boot = TestNode.Start(options => options with { Discovery = DiscoveryMode.V4 });
        await using var hidden = TestNode.Start(options => options with { Discovery = DiscoveryMode.V4, BootNodes = [boot.Runtime.Self] });
        await using var seeker = TestNode.Start(options => options with { Discovery = DiscoveryMode.V4, BootNodes = [boot.Runtime.Self] });

        await Until.TrueAsync(() => seeker.Runtime.Peers.Any(peer => peer.Id == hidden.Runtime.Self.Id), "the hidden node is a peer");
    }

    private static V4Service Create(Action<Enode> found)
    {
        var key = NodeKey.Create();
        return new V4Service(key, new Enode(key.Id, IPAddress.Loopback, 30303, 0), new ForkId(0x07c9462e, 0), found, TimeProvider.System);
    }
}
