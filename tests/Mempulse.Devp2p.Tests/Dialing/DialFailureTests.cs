using System.Net;
using System.Net.Sockets;
using System.Text;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Tests.Hostile;
using Mempulse.Devp2p.Tests.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Devp2p.Tests.Dialing;

/// <summary>Every dial that fails states why, on both sides.</summary>
public sealed class DialFailureTests
{
    private static readonly Hash256 Genesis = new(Enumerable.Repeat((byte)7, 32).ToArray());

    private static readonly ChainHead Head = new(new ForkPoint(100, 1_770_000_000), new Hash256(Enumerable.Repeat((byte)8, 32).ToArray()), default);

    /// <summary>Two nodes of a custom network that differ in one setting; what the dialling one and the dialled one report.</summary>
    private static readonly Dictionary<string, (Func<P2pOptions, P2pOptions> Dialled, DialFailureReason Outbound, DialFailureReason? Inbound)> Differences = new(StringComparer.Ordinal)
    {
        ["network id"] = (Chain(networkId: 8), DialFailureReason.WrongNetwork, DialFailureReason.WrongNetwork),
        ["genesis"] = (options => options with { Forks = new ChainForks(7, default, 0, [10, 20], [1_000_000_000]) }, DialFailureReason.WrongGenesis, DialFailureReason.WrongGenesis),
        ["a fork block that we miss"] = (Chain(blocks: [10, 20, 30]), DialFailureReason.LocalForksIncompatible, null),
        ["a fork time that we miss"] = (Chain(times: [1_000_000_000, 1_100_000_000]), DialFailureReason.LocalForksIncompatible, null),
        ["all forks missing there"] = (Chain(blocks: [], times: []), DialFailureReason.RemoteForksStale, null),
        ["the last fork missing there"] = (Chain(times: []), DialFailureReason.RemoteForksStale, null),
        ["version of eth"] = (options => options with { EthVersions = [68] }, DialFailureReason.NoCommonProtocol, DialFailureReason.NoCommonProtocol),
        ["no room"] = (options => options with { Dial = new DialPolicy { MaxInbound = 0 } }, DialFailureReason.TooManyPeers, DialFailureReason.PeerLimit),
    };

    public static TheoryData<string> Cases => [.. Differences.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_node_that_differs_in_one_setting_is_reported_with_that_setting(string difference)
    {
        var (change, outbound, inbound) = Differences[difference];
        await using var dialled = TestNode.Start(options => change(OnCustomChain(options)));
        await using var node = TestNode.Start(options => OnCustomChain(options) with { StaticPeers = [dialled.Runtime.Self], EthVersions = [69] });

        var failing = await FailureOfAsync(node);

        Assert.Equal((outbound, 1, false, NodeKind.Static), (failing.Failure!.Reason, failing.FailedDials, failing.IsConnected, failing.Kind));
        Assert.NotEmpty(failing.Failure.Detail);
        Assert.True(failing.FailingSince <= failing.LastDial && failing.LastDial < failing.NextDial);
        Assert.Null(failing.LastConnected);
        Assert.Equal(outbound, (await ReportedAsync(node)).Failure!.Reason);
        await Until.TrueAsync(() => dialled.Runtime.Dials.InboundSample.Count > 0, "the dialled node has a reason, too");
        var refused = dialled.Runtime.Dials.InboundSample[0];
        Assert.Equal(node.Runtime.Self.Id, refused.Id);
        Assert.True(inbound is null || refused.Failure.Reason == inbound, refused.Failure.ToString());
    }

    [Fact]
    public async Task A_node_whose_key_changed_is_reported_as_refusing_the_key()
    {
        await using var renewed = TestNode.Start();
        var self = renewed.Runtime.Self;
        await using var node = TestNode.Start(options => options with { StaticPeers = [self with { Id = NodeKey.Create().Id }] });

        var failing = await FailureOfAsync(node);

        Assert.Equal(DialFailureReason.KeyNotAccepted, failing.Failure!.Reason);
        Assert.Contains("its key is not the one in this enode", failing.Failure.Detail, StringComparison.Ordinal);
        await Until.TrueAsync(() => renewed.Runtime.Dials.InboundFailures.ContainsKey(DialFailureReason.KeyMismatch), "the other side knows, too");
    }

    [Fact]
    public async Task A_port_without_a_listener_refuses_the_connection()
    {
        await using var node = TestNode.Start(options => options with { StaticPeers = [Local(FreePort())] });

        Assert.Equal(DialFailureReason.ConnectionRefused, (await FailureOfAsync(node)).Failure!.Reason);
    }

    [Fact]
    public async Task A_server_of_another_protocol_is_reported_as_such()
    {
        using var web = new OneAnswer("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        await using var node = TestNode.Start(options => options with { StaticPeers = [Local(web.Port)] });

        Assert.Equal(DialFailureReason.ProtocolBreach, (await FailureOfAsync(node)).Failure!.Reason);
    }

    [Fact]
    public async Task A_server_that_never_answers_the_handshake_is_reported_as_not_accepting_the_key()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var time = new FakeTimeProvider();
        await using var node = TestNode.Start(options => options with { StaticPeers = [Local(((IPEndPoint)silent.LocalEndpoint).Port)] }, time: time);

        await Until.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return node.Runtime.Dials.Configured[0].Failure is not null;
            },
            "the handshake timeout expires");

        Assert.Equal(DialFailureReason.KeyNotAccepted, node.Runtime.Dials.Configured[0].Failure!.Reason);
    }

    [Fact]
    public async Task A_node_that_dials_in_and_sends_no_hello_times_out()
    {
        var (key, time) = (NodeKey.Create(), new FakeTimeProvider());
        await using var node = TestNode.Start(time: time);
        await using var silent = await RawPeer.ShakeHandsAsync(node, key, Token);

        await Until.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return node.Runtime.Dials.InboundSample.Count > 0;
            },
            "the handshake timeout expires");

        Assert.Equal((DialFailureReason.HandshakeTimeout, key.Id), (node.Runtime.Dials.InboundSample[0].Failure.Reason, node.Runtime.Dials.InboundSample[0].Id));
    }

    [Theory]
    [InlineData(DisconnectReason.TooManyPeers, DialFailureReason.TooManyPeers)]
    [InlineData(DisconnectReason.UselessPeer, DialFailureReason.UselessPeer)]
    [InlineData(DisconnectReason.UnexpectedIdentity, DialFailureReason.KeyMismatch)]
    [InlineData(DisconnectReason.SubprotocolError, DialFailureReason.StatusRefused)]
    [InlineData(DisconnectReason.IncompatibleVersion, DialFailureReason.NoCommonProtocol)]
    [InlineData(DisconnectReason.ClientQuitting, DialFailureReason.ClosedByPeer)]
    public async Task A_disconnect_of_the_other_side_before_its_status_is_the_reason(DisconnectReason sent, DialFailureReason reason)
    {
        var key = NodeKey.Create();
        await using var node = TestNode.Start();
        await using var refusing = await RawPeer.ShakeHandsAsync(node, key, Token);
        await refusing.SendHelloAsync(key.Id, Token);

        await refusing.SendAsync(BaseProtocol.Disconnect, DisconnectMessage.Encode(sent), Token);

        await Until.TrueAsync(() => node.Runtime.Dials.InboundFailures.ContainsKey(reason), "the reason is counted");
    }

    [Fact]
    public async Task A_banned_static_node_is_reported_as_banned_until_the_ban_ends()
    {
        await using var server = TestNode.Start();
        await using var node = TestNode.Start(options => options with
        {
            StaticPeers = [server.Runtime.Self],
            Session = options.Session with { MaxOffencePoints = 1 },
        });
        await node.WaitForPeerAsync();

        node.Runtime.Penalize(server.Runtime.Self.Id, PeerOffence.InvalidTransaction);
        await node.WaitForLossAsync();

        var banned = node.Runtime.Dials.Configured[0];
        Assert.Equal(DialFailureReason.Banned, banned.Failure!.Reason);
        Assert.True(banned.NextDial > TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task A_node_is_dialled_by_its_host_name_at_the_address_that_answers()
    {
        await using var server = TestNode.Start();
        var named = server.Runtime.Self with { Address = IPAddress.None, Host = "peer.example" };
        await using var node = TestNode.Start(options => options with
        {
            StaticPeers = [named],
            LookUpHost = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.IPv6Loopback, IPAddress.Loopback]),
        });

        await node.WaitForPeerAsync();

        Assert.Null(node.Runtime.Dials.Configured[0].Failure);
        Assert.Contains("@peer.example:", node.Runtime.Dials.Configured[0].Node.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_name_is_resolved_at_each_dial_and_a_failure_to_do_so_is_a_reason()
    {
        await using var server = TestNode.Start();
        int lookUps = 0;
        await using var node = TestNode.Start(options => options with
        {
            StaticPeers = [server.Runtime.Self with { Address = IPAddress.None, Host = "peer.example" }],
            Dial = new DialPolicy { FirstBackOff = TimeSpan.FromMilliseconds(1), MaxBackOff = TimeSpan.FromMilliseconds(10) },
            LookUpHost = (_, _) => Interlocked.Increment(ref lookUps) == 1
                ? Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))
                : Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
        });

        var failing = await ReportedAsync(node);
        await node.WaitForPeerAsync();

        Assert.Equal(DialFailureReason.NameNotResolved, failing.Failure!.Reason);
        Assert.Null(node.Runtime.Dials.Configured[0].Failure);
    }

    [Fact]
    public async Task Failures_of_discovered_nodes_are_counted_by_reason_with_a_bounded_sample()
    {
        const int nodes = DialReport.SampleSize + 4;
        int port = FreePort();
        await using var node = TestNode.Start(options => options with { Dial = new DialPolicy { MaxPerSubnet = 100 } });

        for (int i = 0; i < nodes; i++)
        {
            Assert.True(node.Runtime.TryAddCandidate(Local(port)));
        }

        await Until.TrueAsync(() => node.Runtime.Dials.DiscoveredFailures.GetValueOrDefault(DialFailureReason.ConnectionRefused) == nodes, "all are dialled");
        var dials = node.Runtime.Dials;
        Assert.Equal((nodes, DialReport.SampleSize, 0), (dials.DiscoveredNodes, dials.DiscoveredSample.Count, dials.Configured.Count));
        Assert.Empty(node.Listener.FailedDials);
    }

    [Fact]
    public async Task A_trusted_node_that_dials_in_with_another_chain_is_reported()
    {
        var key = NodeKey.Create();
        await using var node = TestNode.Start(options => OnCustomChain(options) with { TrustedPeers = [new Enode(key.Id, IPAddress.Loopback, 30303, 30303)] });
        await using var trusted = TestNode.Start(options => Chain(networkId: 9)(options with { Key = key, StaticPeers = [node.Runtime.Self] }));

        var failing = await ReportedAsync(node);

        Assert.Equal((DialFailureReason.WrongNetwork, NodeKind.Trusted), (failing.Failure!.Reason, failing.Kind));
        Assert.Null(failing.NextDial);
    }

    private static P2pOptions OnCustomChain(P2pOptions options) => Chain()(options);

    private static Func<P2pOptions, P2pOptions> Chain(ulong networkId = 7, ulong[]? blocks = null, ulong[]? times = null) =>
        options => options with { Forks = new ChainForks(networkId, Genesis, 0, blocks ?? [10, 20], times ?? [1_000_000_000]), Head = Head };

    private static async Task<DialledNode> FailureOfAsync(TestNode node)
    {
        await Until.TrueAsync(() => node.Runtime.Dials.Configured is [{ Failure: not null }], "the dial fails");
        return node.Runtime.Dials.Configured[0];
    }

    private static async Task<DialledNode> ReportedAsync(TestNode node)
    {
        await Until.TrueAsync(() => !node.Listener.FailedDials.IsEmpty, "the failure is reported to the listener");
        return node.Listener.FailedDials.First();
    }

    private static Enode Local(int port) => new(NodeKey.Create().Id, IPAddress.Loopback, port, port);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Answers the first bytes of each connection with a text.</summary>
    private sealed class OneAnswer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly byte[] _answer;

        public OneAnswer(string answer)
        {
            _answer = Encoding.ASCII.GetBytes(answer);
            _listener.Start();
            _ = AnswerAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync()
        {
            try
            {
                using var socket = await _listener.AcceptSocketAsync(Token);
                await socket.ReceiveAsync(new byte[2048], Token);
                await socket.SendAsync(_answer, Token);
                socket.Shutdown(SocketShutdown.Send);
                await socket.ReceiveAsync(new byte[1], Token);
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The test is over.
            }
        }
    }
}
