using System.Collections.Concurrent;
using System.Net;
using Mempulse.Devp2p.Dialing;
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

        boot.Start([], new HostNames(Dns.GetHostAddressesAsync));
        bob.Start([boot.Self], new HostNames(Dns.GetHostAddressesAsync));
        await Until.TrueAsync(() => boot.NodeCount == 1, "bob has bonded with the boot node");
        alice.Start([boot.Self], new HostNames(Dns.GetHostAddressesAsync));

        await Until.TrueAsync(() => found.Contains(bob.Self.Id), "alice has found bob");
    }

    [Fact]
    public async Task A_runtime_connects_to_a_node_that_it_discovers_through_a_boot_node()
    {
        await using var boot = TestNode.Start(options => options with { Discovery = DiscoveryMode.V4 });
        await using var hidden = TestNode.Start(options => options with { Discovery = DiscoveryMode.V4, BootNodes = [boot.Runtime.Self] });
        await using var seeker = TestNode.Start(options => options with { Discovery = DiscoveryMode.V4, BootNodes = [boot.Runtime.Self] });

        await Until.TrueAsync(() => seeker.Runtime.Peers.Any(peer => peer.Id == hidden.Runtime.Self.Id), "the hidden node is a peer");
    }

    [Fact]
    public async Task A_node_of_another_chain_is_discovered_but_never_dialled()
    {
        await using var boot = TestNode.Start(options => options with { Discovery = DiscoveryMode.V4 });
        await using var foreign = TestNode.Start(options => options with { Discovery = DiscoveryMode.V4, BootNodes = [boot.Runtime.Self], Forks = KnownChains.Sepolia });
        await using var seeker = TestNode.Start(options => options with { Discovery = DiscoveryMode.V4, BootNodes = [boot.Runtime.Self] });

        await Until.TrueAsync(() => seeker.Runtime.ForeignNodeCount > 0 && foreign.Runtime.ForeignNodeCount > 0, "both have read a record of the other chain");

        Assert.DoesNotContain(seeker.Runtime.Peers, peer => peer.Id == foreign.Runtime.Self.Id);
        Assert.Empty(foreign.Runtime.Peers);
        Assert.Empty(foreign.Listener.Connected);
    }

    private static V4Service Create(Action<Enode> found)
    {
        var key = NodeKey.Create();
        return new V4Service(key, new Enode(key.Id, IPAddress.Loopback, 30303, 0), KnownChains.Mainnet.At(TestNode.Head.Point), record => record.CanBeOn(KnownChains.Mainnet, TestNode.Head.Point), found, TimeProvider.System);
    }
}
