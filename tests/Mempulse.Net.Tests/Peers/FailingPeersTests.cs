using System.Net;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Keys;
using Mempulse.Net.Ingest;
using Mempulse.Net.Peers;
using Mempulse.Net.Tests.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Net.Tests.Peers;

/// <summary>Configured nodes that cannot be connected: on record when the reason changes, and in the status with the current reason.</summary>
public sealed class FailingPeersTests() : ScriptedLane(new PeerLaneOptions { Chain = new ChainId(1) })
{
    private static readonly DateTimeOffset Since = DateTimeOffset.FromUnixTimeSeconds(1_770_000_000);

    private readonly Enode _node = new(NodeKey.Create().Id, IPAddress.Loopback, 30303, 30303);

    [Fact]
    public async Task A_change_of_the_reason_is_an_event_and_a_repetition_is_not()
    {
        foreach (var reason in (DialFailureReason[])[DialFailureReason.ConnectionRefused, DialFailureReason.ConnectionRefused, DialFailureReason.WrongGenesis, DialFailureReason.WrongGenesis])
        {
            Network.FailDial(Failing(_node, reason));
        }

        var failures = (await StopAsync(decoded: 0)).OfType<LogEvent.PeerDialFailed>().Where(failed => !failed.Peer.IsZero).ToList();
        Assert.Equal([DialFailureReason.ConnectionRefused, DialFailureReason.WrongGenesis], failures.Select(failed => failed.Reason));
        Assert.All(failures, failed => Assert.Equal(
            (_node.Id.ComputeHash(), PeerName.Of(_node.Id), "p2p", "127.0.0.1:30303"), (failed.Peer, failed.Name, failed.Lane, failed.Endpoint)));
    }

    [Fact]
    public async Task The_status_has_the_lane_and_each_failing_node_with_the_current_reason()
    {
        Network.FailDial(Failing(_node, DialFailureReason.ConnectionRefused));
        Network.FailDial(Failing(_node, DialFailureReason.WrongGenesis));
        var named = Failing(new Enode(NodeKey.Create().Id, IPAddress.None, 30304, 30304) { Host = "peer.example" }, DialFailureReason.NameNotResolved);
        Network.FailDial(named);

        var sources = Lane.ReadStatus().Sources;
        Assert.Equal(3, sources.Count);
        Assert.All(sources, source => Assert.False(source.IsConnected));
        Assert.Equal("No peer has connected yet. Connections failed: NameNotResolved, WrongGenesis.", sources[0].Problem);
        Assert.True(sources[0].ProblemSince > UnixNanoseconds.FromUtcTicks(Since.UtcTicks));
        var failing = sources.Single(source => source.Name == PeerName.Of(_node.Id));
        Assert.Equal("WrongGenesis: It failed. Its address is 127.0.0.1:30303.", failing.Problem);
        Assert.Equal((UnixNanoseconds.FromUtcTicks(Since.UtcTicks), UnixNanoseconds.FromUtcTicks(Since.UtcTicks)), (failing.ProblemSince, failing.LastTry));
        Assert.Equal("peer.example:30304", sources.Single(source => source.Name == PeerName.Of(named.Node.Id)).Endpoint);

        Network.Connect();
        Assert.Equal((3, 1), (Lane.ReadStatus().Sources.Count, Lane.ReadStatus().Sources.Count(source => source.IsConnected)));
        await StopAsync(decoded: 0);
    }

    [Fact]
    public async Task A_failed_dial_ends_the_patience_of_a_starting_lane()
    {
        await using var network = new ScriptedNetwork();
        await using var lane = new PeerLane(
            new PeerLaneOptions { Chain = new ChainId(1) }, new DecodedBodies(IngestPipelineOptions.DefaultRecentBodies), network, new RecordingSink(), new FakeTimeProvider());
        await lane.StartAsync(Token);

        Assert.Empty(lane.ReadStatus().Sources);
        network.FailDial(Failing(_node, DialFailureReason.TooManyPeers));

        Assert.Equal(["p2p", PeerName.Of(_node.Id)], lane.ReadStatus().Sources.Select(source => source.Name));
    }

    private static DialledNode Failing(Enode node, DialFailureReason reason) => new()
    {
        Node = node,
        Kind = NodeKind.Static,
        IsConnected = false,
        Failure = new DialFailure(reason, "It failed."),
        FailedDials = 1,
        FailingSince = Since,
        LastDial = Since,
        NextDial = Since,
        LastConnected = null,
    };
}
