using Mempulse.Api.Tests.Settings;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Ingest;
using Mempulse.Net.Ingest;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Primitives;
using Mempulse.Testing.Nodes;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Api.Tests.Lanes;

/// <summary>Which chains and lanes the options make, what is taken from which node, and what peers are shown.</summary>
public sealed class LiveInputTests : IDisposable
{
    private const string Genesis = "0x1111111111111111111111111111111111111111111111111111111111111111";

    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-").FullName;

    [Theory]
    [InlineData("--rpc", "blocks 1337, rpc 1337, p2p 1337")]
    [InlineData("--state-rpc", "p2p 1337")]
    public async Task A_chain_of_nodes_and_peers_is_one_and_its_nodes_state_it(string source, string lanes)
    {
        await using var node = Node();
        var options = BuiltNode.Of("--chain", "1337", source, node.HttpAddress, "--p2p", "none", "--data", _directory).Options;

        var input = await LiveInput.OfAsync(options, TestContext.Current.CancellationToken);

        Assert.Equal(new ChainId(1337), Assert.Single(input.Chains));
        Assert.Equal(lanes, string.Join(", ", input.Lanes.Select(lane => $"{lane.Name} {lane.Chain}")));
        Assert.StartsWith($"chain 1337: network 42, genesis {Genesis} at 1000, from ", input.Notes[0], StringComparison.Ordinal);
        Assert.EndsWith("chain 1337 from peers, at most 50", input.Label, StringComparison.Ordinal);
        Assert.False(input.IsSynthetic);
    }

    [Fact]
    public void Peers_are_shown_the_blocks_of_their_own_chain_only()
    {
        var options = BuiltNode.Of("--rpc", "ws://127.0.0.1:1", "--chain", "5", "--rpc", "ws://127.0.0.1:2").Options;
        var context = BuiltNode.Of().Context;
        var peers = new PeerInput(PeerChain.Of(new PeerSettings()), new IngestPipelineOptions(), _directory);

        Assert.NotSame(context.Sink, LiveInput.SinkOf(options.Chains[0], peers, context));
        Assert.Same(context.Sink, LiveInput.SinkOf(options.Chains[1], peers, context));
        Assert.Same(context.Sink, LiveInput.SinkOf(options.Chains[0], peers: null, context));
    }

    [Fact]
    public void Peers_are_asked_for_receipts_of_their_own_chain_only()
    {
        var options = BuiltNode.Of("--rpc", "ws://127.0.0.1:1", "--chain", "5", "--rpc", "ws://127.0.0.1:2").Options;
        var peers = new PeerInput(PeerChain.Of(new PeerSettings()), new IngestPipelineOptions(), _directory);

        Assert.Equal([peers.Receipts, null, null], [LiveInput.ReceiptsOf(options.Chains[0], peers), LiveInput.ReceiptsOf(options.Chains[1], peers), LiveInput.ReceiptsOf(options.Chains[0], peers: null)]);
    }

    [Fact]
    public void Peers_are_shown_the_newest_block_of_the_log()
    {
        FoldedBlock[] blocks = [new(new(7), Named.Block("a"), Named.Block("0"), LacksReceipts: false), new(new(8), Named.Block("b"), Named.Block("a"), LacksReceipts: false)];
        var context = BuiltNode.Of().Context;
        var peers = new PeerInput(PeerChain.Of(new PeerSettings()), new IngestPipelineOptions(), _directory);

        var head = peers.HeadOn(context with { Resumed = new ResumePoint(blocks, []) });

        Assert.Equal((Named.Block("b"), 8UL), (head.Hash, head.Point.Block));
        Assert.Equal((peers.Network.Forks.Genesis, 20_000_000UL), (peers.HeadOn(context).Hash, peers.HeadOn(context).Point.Block));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static ScriptedNode Node() => new()
    {
        Result = static (asked, _) => asked switch
        {
            "eth_chainId" => "\"0x539\"",
            "eth_blockNumber" => "\"0xf\"",
            "net_version" => "\"42\"",
            "eth_getBlockByNumber" => $$"""{"number":"0x0","hash":"{{Genesis}}","timestamp":"0x3e8"}""",
            _ => ScriptedNode.Unsupported,
        },
    };
}
