using System.Diagnostics.CodeAnalysis;
using System.Net;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Tests.Rlpx;
using Mempulse.Devp2p.Tests.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Devp2p.Tests.Dialing;

/// <summary>The limits on peers at their exact values, and that each place is free again when its peer is gone.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "What the test builds owns its parts.")]
public sealed class PeerTableTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_770_000_000));
    private int _address;

    [Theory]
    [InlineData(PeerDirection.Outbound, 4, DialFailureReason.PeerLimit)]
    [InlineData(PeerDirection.Inbound, 2, DialFailureReason.PeerLimit)]
    public void Exactly_as_many_peers_are_admitted_as_allowed_and_each_place_is_free_again(PeerDirection direction, int limit, DialFailureReason reason)
    {
        var table = NewTable(new DialPolicy { MaxPeers = 4, MaxInbound = 2, MaxPerSubnet = 100 });
        for (int round = 0; round < 3; round++)
        {
            var sessions = Enumerable.Range(0, limit).Select(_ => NewSession(direction)).ToList();
            Assert.All(sessions, session => Assert.Null(table.TryAdd(session)));
            var refusal = table.TryAdd(NewSession(direction));
            Assert.Equal((DisconnectReason.TooManyPeers, reason), (refusal!.Goodbye, refusal.Reason));

            sessions.ForEach(session => table.Remove(session, isBanned: false));
            Assert.Empty(table.Sessions);
        }
    }

    [Fact]
    public void A_subnet_has_exactly_its_peers_and_others_are_not_affected()
    {
        var table = NewTable(new DialPolicy { MaxPerSubnet = 2 });
        for (int round = 0; round < 2; round++)
        {
            PeerSession[] sessions = [NewSession(PeerDirection.Inbound, "10.1.1.1"), NewSession(PeerDirection.Inbound, "10.1.1.200")];
            Assert.All(sessions, session => Assert.Null(table.TryAdd(session)));
            Assert.Equal(DialFailureReason.SubnetLimit, table.TryAdd(NewSession(PeerDirection.Inbound, "10.1.1.3"))!.Reason);
            var neighbour = NewSession(PeerDirection.Inbound, "10.1.2.1");
            Assert.Null(table.TryAdd(neighbour));
            Assert.All([.. sessions, neighbour], session => table.Remove(session, isBanned: false));
        }
    }

    [Fact]
    public void A_configured_node_is_admitted_beyond_the_limits_but_not_twice_and_not_while_it_is_banned()
    {
        var node = new Enode(NodeKey.Create().Id, IPAddress.Loopback, 1, 1);
        var table = NewTable(new DialPolicy { MaxPeers = 1, MaxInbound = 0, MaxPerSubnet = 1, BanTime = TimeSpan.FromHours(1) }, trusted: node);
        Assert.Null(table.TryAdd(NewSession(PeerDirection.Outbound)));
        var session = NewSession(PeerDirection.Inbound, id: node.Id);

        Assert.Null(table.TryAdd(session));
        Assert.Equal(DisconnectReason.AlreadyConnected, table.TryAdd(NewSession(PeerDirection.Inbound, id: node.Id))!.Goodbye);
        table.Remove(session, isBanned: true);
        Assert.Equal(DialFailureReason.Banned, table.TryAdd(session)!.Reason);
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(DialFailureReason.Banned, table.ReasonToRefuse(node.Id, IPAddress.Loopback, PeerDirection.Inbound)!.Reason);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(table.TryAdd(session));
    }

    [Fact]
    public void A_node_is_dialled_once_at_a_time_and_as_many_as_there_is_room_for()
    {
        var table = NewTable(new DialPolicy { MaxPeers = 2, MaxPerSubnet = 100, FirstBackOff = TimeSpan.FromSeconds(5) });
        Enode[] nodes = [.. Enumerable.Range(0, 3).Select(_ => NewNode())];
        Assert.All(nodes, node => Assert.True(table.TryAddCandidate(node)));
        for (int round = 0; round < 2; round++)
        {
            var (first, second) = (table.TakeNext()!, table.TakeNext()!);
            Assert.NotEqual(first, second);
            Assert.Null(table.TakeNext());

            table.DialEnded(first, Failed());
            Assert.NotNull(table.TakeNext());
            Assert.Null(table.TakeNext());
            Assert.All(nodes, node => table.DialEnded(node, Failed()));
            _time.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public void A_discovered_node_of_a_full_subnet_is_not_dialled_until_a_peer_of_it_leaves()
    {
        var table = NewTable(new DialPolicy { MaxPerSubnet = 1 });
        var peer = NewSession(PeerDirection.Inbound, "10.1.1.1");
        Assert.Null(table.TryAdd(peer));
        var node = new Enode(NodeKey.Create().Id, IPAddress.Parse("10.1.1.2"), 1, 1);
        table.TryAddCandidate(node);

        Assert.Null(table.TakeNext());
        table.Remove(peer, isBanned: false);
        Assert.Equal(node, table.TakeNext());
    }

    [Fact]
    public void A_back_off_doubles_up_to_its_limit_and_to_a_tenth_of_it_for_a_configured_node_and_ends_with_a_success()
    {
        var now = _time.GetUtcNow();
        var schedule = new DialSchedule(new DialPolicy { FirstBackOff = TimeSpan.FromSeconds(5), MaxBackOff = TimeSpan.FromSeconds(200) });
        var (found, configured) = (NewNode(), NewNode());
        schedule.TryAdd(found, NodeKind.Discovered);
        schedule.TryAdd(configured, NodeKind.Static);
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal([5, 10, 20, 40, 80, 160, 200, 200], Pauses(found, 8));
            Assert.Equal([5, 10, 20, 20], Pauses(configured, 4));
            schedule.Succeeded(found.Id, now);
            schedule.Succeeded(configured.Id, now);
        }

        IEnumerable<double> Pauses(Enode node, int count) => Enumerable.Range(0, count).Select(_ =>
        {
            schedule.Failed(node.Id, now);
            return (schedule.Find(node.Id)!.NextDial - now).TotalSeconds;
        });
    }

    [Fact]
    public void At_the_limit_of_candidates_a_new_one_replaces_the_worst_that_has_failed_and_no_other()
    {
        var now = _time.GetUtcNow();
        var schedule = new DialSchedule(new DialPolicy { MaxCandidates = 3 });
        var nodes = Enumerable.Range(0, 6).Select(_ => NewNode()).ToList();
        Assert.All(nodes.Take(3), node => Assert.True(schedule.TryAdd(node, NodeKind.Discovered)));

        Assert.False(schedule.TryAdd(nodes[3], NodeKind.Discovered));
        schedule.Failed(nodes[0].Id, now);
        schedule.Failed(nodes[1].Id, now);
        schedule.Failed(nodes[1].Id, now);
        Assert.True(schedule.TryAdd(nodes[3], NodeKind.Discovered));
        Assert.True(schedule.TryAdd(nodes[4], NodeKind.Discovered));
        Assert.False(schedule.TryAdd(nodes[5], NodeKind.Discovered));
        Assert.True(schedule.TryAdd(nodes[5], NodeKind.Static)); // a configured one always has room

        Assert.Equal(nodes[2..].Select(static node => node.Id).ToHashSet(), schedule.Candidates.Select(static candidate => candidate.Node.Id).ToHashSet());
    }

    [Fact]
    public void At_the_limit_of_bans_the_one_that_ends_first_makes_room()
    {
        var now = _time.GetUtcNow();
        var schedule = new DialSchedule(new DialPolicy { MaxCandidates = 2, BanTime = TimeSpan.FromHours(1) });
        var ids = Enumerable.Range(0, 3).Select(_ => NodeKey.Create().Id).ToList();
        for (int i = 0; i < 3; i++)
        {
            schedule.Ban(ids[i], now + TimeSpan.FromMinutes(i));
        }

        Assert.Equal([false, true, true], ids.Select(id => schedule.IsBanned(id, now)));
        Assert.Equal(now + TimeSpan.FromMinutes(61), schedule.BannedUntil(ids[1], now));
        Assert.Equal([false, false, true], ids.Select(id => schedule.IsBanned(id, now + TimeSpan.FromMinutes(61))));
    }

    [Fact]
    public void Failed_inbound_connections_are_all_counted_and_the_last_ones_kept_newest_first()
    {
        var ledger = new InboundLedger();
        for (int i = 0; i < DialReport.SampleSize + 5; i++)
        {
            ledger.Add(new InboundFailure(new IPEndPoint(IPAddress.Loopback, i), null, new DialFailure(DialFailureReason.PeerLimit, "Full."), default));
        }

        Assert.Equal(DialReport.SampleSize + 5, ledger.Counts[DialFailureReason.PeerLimit]);
        Assert.Equal(Enumerable.Range(5, DialReport.SampleSize).Reverse(), ledger.Sample.Select(static failure => failure.Address.Port));
    }

    [Fact]
    public void The_store_keeps_the_latest_peers_and_skips_what_it_cannot_read()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var store = new PeerStore(path);
        Assert.Empty(store.Load());
        var nodes = Enumerable.Range(0, PeerStore.MaxNodes + 10).Select(i => (Node: NewNode(), LastConnected: DateTimeOffset.FromUnixTimeSeconds(1_770_000_000 + i))).ToList();

        store.Save(nodes);
        Assert.Equal(nodes.Skip(10).Reverse(), store.Load());
        File.AppendAllLines(path, ["not a node", $"{nodes[0].Node} soon"]);
        File.WriteAllLines(path, [.. File.ReadAllLines(path).TakeLast(4)]);
        Assert.Equal(2, store.Load().Count);
        Assert.False(File.Exists(path + ".new"));
        File.Delete(path);
    }

    private static OpeningOutcome Failed() => new(Session: null, Remote: null, new DialFailure(DialFailureReason.ConnectTimeout, "No answer."));

    private Enode NewNode() => new(NodeKey.Create().Id, NextAddress(), 30303, 30303);

    private IPAddress NextAddress() => new([10, (byte)(++_address >> 8), (byte)(_address & 0xff), 1]);

    private PeerTable NewTable(DialPolicy policy, Enode? trusted = null) => new(
        new P2pOptions { Forks = KnownChains.Mainnet, Head = TestNode.Head, Key = NodeKey.Create(), Dial = policy, TrustedPeers = trusted is null ? [] : [trusted] }, _time);

    private PeerSession NewSession(PeerDirection direction, string? address = null, NodeId? id = null)
    {
        id ??= NodeKey.Create().Id;
        var place = new IPEndPoint(address is null ? NextAddress() : IPAddress.Parse(address), 1);
        var status = new EthStatus { Version = 69, NetworkId = 1, Genesis = default, ForkId = default(ForkId), Head = default };
        var context = new SessionContext
        {
            Key = NodeKey.Create(),
            ClientName = "test",
            Forks = KnownChains.Mainnet,
            Options = new SessionOptions(),
            Meter = new P2pOptions { Forks = KnownChains.Mainnet, Head = TestNode.Head, Key = NodeKey.Create() }.Meter,
            Memory = new MemoryBudget(1 << 20),
            Pool = new EmptyPool(),
            Listener = new RecordingListener(),
            Time = _time,
            EthVersions = [69],
            Head = TestNode.Head,
        };
        return new PeerSession(
            new RlpxConnection(Stream.Null, id, FrameTests.Handshake().Initiator), new PeerDescription(id, place, direction, "test", 69, status), EthDialect.Of(69), RawPeerOffset, context);
    }

    private const int RawPeerOffset = BaseProtocol.MessageCount;
}
