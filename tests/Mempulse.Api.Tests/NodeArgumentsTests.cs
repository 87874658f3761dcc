using Mempulse.Net.Mempool;
using Mempulse.Node.Options;
using Mempulse.Primitives;

namespace Mempulse.Api.Tests;

/// <summary>The node's command line, and how it overrides the configuration.</summary>
public sealed class NodeArgumentsTests
{
    [Fact]
    public void Each_rpc_option_is_a_source_of_the_preceding_chain()
    {
        var options = Parse("--rpc", "ws://127.0.0.1:1", "--rpc=ws://127.0.0.1:2,http://127.0.0.1:3", "--chain", "5", "--rpc", "ws://127.0.0.1:4", "--state-rpc", "http://127.0.0.1:6");

        Assert.Equal([new ChainId(1), new ChainId(5)], options.Chains.Select(chain => chain.Chain));
        Assert.Equal([2, 1], options.Chains.Select(chain => chain.Endpoints.Count));
        Assert.Equal([new ChainId(5)], options.StateSources.Select(chain => chain.Chain));
    }

    [Fact]
    public void Repeated_peers_accumulate_and_belong_to_the_preceding_chain()
    {
        var peers = Parse("--chain", "11155111", "--p2p", "none", "--peer", "a", "--peer", "b", "--bootnode", "c", "--max-peers", "7").P2p!;

        Assert.Equal((11_155_111UL, null, 7), (peers.Chain, peers.Listen, peers.MaxPeers));
        Assert.Equal(["a", "b"], peers.Peers);
        Assert.Equal(["c"], peers.BootNodes);
    }

    [Fact]
    public void The_command_line_overrides_the_configuration_option_by_option()
    {
        var configured = new NodeOptions { Directory = "configured", Pending = PendingSubscription.Bodies, Urls = [] };

        var options = NodeArguments.Parse(["--data", "given", "--urls", "http://127.0.0.1:1;http://127.0.0.1:2"], configured);

        Assert.Equal(("given", PendingSubscription.Bodies), (options.Directory, options.Pending));
        Assert.Equal(["http://127.0.0.1:1", "http://127.0.0.1:2"], options.Urls);
    }

    [Fact]
    public void Endpoints_on_the_command_line_replace_those_of_the_configuration()
    {
        var configured = Parse("--rpc", "ws://127.0.0.1:1");

        Assert.Equal("ws://127.0.0.1:1", configured.Chains.Single().Endpoints.Single().Shown);
        Assert.Equal("ws://127.0.0.1:2", NodeArguments.Parse(["--rpc", "ws://127.0.0.1:2"], configured).Chains.Single().Endpoints.Single().Shown);
        Assert.Equal(configured.Chains, NodeArguments.Parse([], configured).Chains);
    }

    [Theory]
    [InlineData("--chain", "5", "--rpc", "ws://127.0.0.1:1", "--state-rpc", "http://127.0.0.1:2")]
    [InlineData("--rpc", "ws://127.0.0.1:1", "--state-rpc", "http://127.0.0.1:2", "--chain", "5")]
    [InlineData("--state-rpc", "http://127.0.0.1:2", "--rpc", "ws://127.0.0.1:1", "--chain=5")]
    public void A_chain_may_be_given_before_or_after_its_sources(params string[] arguments)
    {
        var options = Parse(arguments);

        Assert.Equal((5UL, 5UL), (options.Chains.Single().Chain.Value, options.StateSources.Single().Chain.Value));
    }

    [Theory]
    [InlineData("--p2p", "none", "--chain", "5")]
    [InlineData("--chain", "5", "--p2p", "none")]
    public void Peers_belong_to_the_only_chain_before_or_after_them(params string[] arguments) => Assert.Equal(5UL, Parse(arguments).P2p!.Chain);

    [Fact]
    public void Values_at_their_bounds_are_accepted()
    {
        var options = Parse("--rpc", "ws://127.0.0.1:1, http://127.0.0.1:2", "--reconcile", "86400", "--max-peers", "10000", "--genesis-time", "9223372036854775807", "--urls", "http://*:1;https://+:2");

        Assert.Equal("http://127.0.0.1:2/", options.Chains.Single().Endpoints.Single().CallUrl.ToString());
        Assert.Equal((TimeSpan.FromDays(1), 10_000, (ulong)long.MaxValue), (options.ReconcileInterval, options.P2p!.MaxPeers, options.P2p.GenesisTime));
        Assert.Equal(["http://*:1", "https://+:2"], options.Urls); // refused later, because other machines could reach them
    }

    [Theory]
    [InlineData("'--nonsense' is not a valid option: see --help.", "--nonsense", "1")]
    [InlineData("'--url' is not a valid option: see --help.", "--url", "http://127.0.0.1:1")]
    [InlineData("'stray' is not a valid option: see --help.", "stray")]
    [InlineData("'second' is not a valid option: see --help.", "--data", "first", "second")]
    [InlineData("--data is given 2 times; give it once.", "--data", "a", "--data", "b")]
    [InlineData("Required argument missing for option: '--rpc'.", "--rpc")]
    [InlineData("'x' is not a valid chain id: expected a whole number from 1.", "--chain", "x")]
    [InlineData("'some' is not a valid choice of block logs: expected all or none.", "--block-logs", "some")]
    [InlineData("'often' is not a valid time: expected seconds from 0 to 86400.", "--reconcile", "often")]
    [InlineData("'127.0.0.1' is not a valid address to listen on: expected http:// or https://.", "--urls", "127.0.0.1")]
    [InlineData("Cannot use --chain 5: no source belongs to it. Give its --rpc, --state-rpc or --p2p after it.", "--chain", "5")]
    [InlineData("Cannot use --chain 5: no source belongs to it. Give its --rpc, --state-rpc or --p2p after it.", "--chain", "5", "--chain", "6", "--rpc", "ws://127.0.0.1:1")]
    [InlineData("Cannot use --chain 6: no source belongs to it. Give its --rpc, --state-rpc or --p2p after it.", "--chain", "5", "--rpc", "ws://127.0.0.1:1", "--chain", "6")]
    [InlineData("Cannot set the pace of live input: --speed applies to captures only. Remove it.", "--rpc", "ws://127.0.0.1:1", "--speed", "2")]
    [InlineData("'0' is not a valid chain id: expected a whole number from 1.", "--chain", "0")]
    [InlineData("'86400.1' is not a valid time: expected seconds from 0 to 86400.", "--reconcile", "86400.1")]
    [InlineData("'10001' is not a valid number of peers: expected 1 to 10000.", "--max-peers", "10001")]
    [InlineData("'9223372036854775808' is not a valid time: expected a whole number from 0 to 9223372036854775807.", "--genesis-time", "9223372036854775808")]
    [InlineData("'/etc/hostname' is not a valid data directory: it is a file.", "--data", "/etc/hostname")]
    [InlineData("'' is not a valid data directory: expected a path.", "--data", "")]
    [InlineData("'none' is not a valid list of roles: expected some of log, ingest, worker, api, or all.", "--roles", "none")]
    [InlineData("';' is not a valid address to listen on: expected http:// or https://.", "--urls", ";")]
    [InlineData("Cannot use the same endpoint twice for chain 1. Give each one once.", "--rpc", "ws://127.0.0.1:1", "--rpc", "ws://127.0.0.1:1")]
    public void Invalid_arguments_are_refused_in_one_sentence(string sentence, params string[] arguments) =>
        Assert.Equal(sentence, Assert.Throws<NodeUsageException>(() => Parse(arguments)).Message);

    private static NodeOptions Parse(params string[] arguments) => NodeArguments.Parse(arguments, new NodeOptions());
}
