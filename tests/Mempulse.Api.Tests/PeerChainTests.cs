using System.Net;
using System.Net.Sockets;
using Mempulse.Devp2p.Forks;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Node;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Testing.Nodes;

namespace Mempulse.Api.Tests;

/// <summary>The chain of the peers, from options and from a node of the same chain.</summary>
public sealed class PeerChainTests
{
    private const string Genesis = "0x1111111111111111111111111111111111111111111111111111111111111111";
    private const string OtherGenesis = "0x2222222222222222222222222222222222222222222222222222222222222222";
    private const string MainnetGenesis = "0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3";
    private const string Configuration = """{"chainId":1337,"homesteadBlock":0,"londonBlock":20,"eip150Block":10,"terminalTotalDifficulty":0,"shanghaiTime":1700000000,"cancunTime":1000,"pragueTime":1800000000,"ethash":{},"depositContractAddress":"0x00"}""";

    /// <summary>Answers beyond block 0 at time 1000, network 42 and head 15; and the forks that follow from them.</summary>
    private static readonly Dictionary<string, (string Method, string Answer, ulong[] Blocks, ulong[] Times)> Answers = new(StringComparer.Ordinal)
    {
        ["the node's description"] = ("admin_nodeInfo", "{\"protocols\":{\"eth\":{\"network\":42,\"config\":" + Configuration + "}}}", [10, 20], [1_700_000_000, 1_800_000_000]),
        ["the chain's configuration"] = ("debug_chainConfig", Configuration, [10, 20], [1_700_000_000, 1_800_000_000]),
        ["the forks of EIP-7910"] = ("eth_config", """{"current":{"activationTime":1700000000,"forkId":"0x12345678"},"next":{"activationTime":1800000000},"last":null}""", [], [1_700_000_000, 1_800_000_000]),
        ["an empty description"] = ("admin_nodeInfo", "{}", [], []),
        ["nothing"] = ("eth_config", "null", [], []),
        ["no such methods"] = ("none", "null", [], []),
    };

    public static TheoryData<string> Cases => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Genesis_network_and_forks_are_taken_from_a_node_and_stated(string what)
    {
        var (method, answer, blocks, times) = Answers[what];
        await using var node = Node(Genesis, method, answer);

        var chain = await CompleteAsync(new PeerSettings { Chain = 1337 }, node);

        Assert.Equal((Genesis, (ulong?)1000, (ulong?)42, (ulong?)15), (chain.Settings.Genesis, chain.Settings.GenesisTime, chain.Settings.NetworkId, chain.HeadBlock));
        Assert.Equal(blocks, chain.Settings.ForkBlocks);
        Assert.Equal(times, chain.Settings.ForkTimes);
        Assert.Contains(Genesis, chain.Notes[0], StringComparison.Ordinal);
        Assert.Contains(blocks.Length + times.Length > 0 ? method : "--fork-block", chain.Notes[0], StringComparison.Ordinal);
        Assert.DoesNotContain("secret", string.Concat(chain.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0x12345678", 2)]
    [InlineData("0x00000000", 1)] // anvil states none
    [InlineData("garbage", 1)]
    public async Task A_fork_id_that_contradicts_the_stated_forks_is_reported(string forkId, int notes)
    {
        await using var node = Node(Genesis, "eth_config", $$"""{"current":{"activationTime":0,"forkId":"{{forkId}}"} }""");

        var chain = await CompleteAsync(new PeerSettings { Chain = 1337 }, node);

        Assert.Equal(notes, chain.Notes.Count);
        Assert.Equal(notes > 1, chain.Notes[^1].Contains(forkId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_are_kept()
    {
        await using var node = Node(Genesis, "debug_chainConfig", Configuration);

        var chain = await CompleteAsync(new PeerSettings { Chain = 1337, Genesis = Genesis, GenesisTime = 7, NetworkId = 8, ForkTimes = [9_000] }, node);

        Assert.Equal((7UL, 8UL), (chain.Settings.GenesisTime, chain.Settings.NetworkId));
        Assert.Empty(chain.Settings.ForkBlocks);
        Assert.Equal([9_000UL], chain.Settings.ForkTimes);
    }

    [Fact]
    public async Task Own_forks_of_one_kind_replace_those_of_both_and_a_network_of_0_is_not_stated()
    {
        await using var node = Node(Genesis, "debug_chainConfig", Configuration, network: "0");

        var chain = await CompleteAsync(new PeerSettings { Chain = 1337, ForkBlocks = [7] }, node);

        Assert.Equal([7UL], chain.Settings.ForkBlocks);
        Assert.Equal((0, null), (chain.Settings.ForkTimes.Count, chain.Settings.NetworkId));
        Assert.Contains("network 1337, ", chain.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_taken_from_a_node_with_another_genesis_than_the_one_set()
    {
        await using var node = Node(OtherGenesis, "debug_chainConfig", Configuration);

        var chain = await CompleteAsync(new PeerSettings { Chain = 1337, Genesis = Genesis }, node);

        Assert.Equal((Genesis, (ulong?)null, (ulong?)null), (chain.Settings.Genesis, chain.Settings.GenesisTime, chain.HeadBlock));
        Assert.Contains(OtherGenesis, chain.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MainnetGenesis, null)]
    [InlineData(Genesis, Genesis)]
    public async Task A_built_in_chain_keeps_its_forks_unless_the_node_has_another_genesis(string served, string? taken)
    {
        await using var node = Node(served, "none", "null", chain: "0x1");

        var chain = await CompleteAsync(new PeerSettings { Chain = 1 }, node);

        Assert.Equal((taken, (ulong?)15), (chain.Settings.Genesis, chain.HeadBlock));
    }

    [Fact]
    public async Task The_next_endpoint_is_asked_when_one_serves_another_chain()
    {
        await using var other = Node(OtherGenesis, "none", "null", chain: "0x5");
        await using var node = Node(Genesis, "none", "null");

        var chain = await PeerChainReader.CompleteAsync(new PeerSettings { Chain = 1337 }, [Endpoint(other), Endpoint(node)], TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(Genesis, chain.Settings.Genesis);
    }

    [Fact]
    public async Task Without_an_answer_the_start_fails_in_a_sentence_unless_the_chain_is_known()
    {
        await using var other = Node(OtherGenesis, "none", "null", chain: "0x5");

        var failure = await Assert.ThrowsAsync<IOException>(() => CompleteAsync(new PeerSettings { Chain = 1337 }, other));

        Assert.Contains("serves chain 5", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--genesis", failure.Message, StringComparison.Ordinal);
        Assert.Null((await CompleteAsync(new PeerSettings { Chain = 1 }, other)).Settings.Genesis);
        Assert.Equal(Genesis, (await CompleteAsync(new PeerSettings { Chain = 1337, Genesis = Genesis }, other)).Settings.Genesis);
    }

    [Fact]
    public void Forks_of_the_command_line_are_lists_in_any_order()
    {
        var peers = NodeArguments.Parse(
            ["--chain", "1337", "--p2p", "none", "--genesis", Genesis, "--genesis-time", "5", "--network-id", "42", "--fork-block", "20,10", "--fork-block", "30", "--fork-time", "1700000000, 1600000000"],
            new NodeOptions()).P2p!;

        Assert.Equal([20UL, 10UL, 30UL], peers.ForkBlocks);
        Assert.Equal([1_700_000_000UL, 1_600_000_000UL], peers.ForkTimes);
        Assert.Equal((5UL, 42UL), (peers.GenesisTime, peers.NetworkId));
        var sorted = peers with { ForkBlocks = [10, 20, 30], ForkTimes = [1_600_000_000, 1_700_000_000] };
        var point = new ForkPoint(25, 1_650_000_000);
        Assert.Equal(PeerInput.ForksOf(sorted).At(point), PeerInput.ForksOf(peers).At(point));
    }

    [Fact]
    public void A_built_in_chain_has_its_own_genesis_and_nothing_of_it_can_be_changed()
    {
        var geneses = new Dictionary<ulong, ChainForks> { [1] = KnownChains.Mainnet, [11_155_111] = KnownChains.Sepolia, [17_000] = KnownChains.Holesky, [560_048] = KnownChains.Hoodi };

        Assert.All(geneses, chain => Assert.Same(chain.Value, PeerInput.ForksOf(new PeerSettings { Chain = chain.Key })));
        PeerSettings[] changed = [new() { NetworkId = 1 }, new() { GenesisTime = 1 }, new() { ForkBlocks = [1] }, new() { ForkTimes = [1] }];
        Assert.All(changed, settings => Assert.StartsWith("Cannot change the network id or the forks of chain 1: they are built in.", Assert.Throws<NodeUsageException>(() => PeerInput.ForksOf(settings)).Message, StringComparison.Ordinal));
        Assert.StartsWith("Cannot connect to peers of chain 5: its genesis is not built in.", Assert.Throws<NodeUsageException>(() => PeerInput.ForksOf(new PeerSettings { Chain = 5 })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, 20_000_000UL)] // past the forks of a built-in chain
    [InlineData(15UL, null, 15UL)]
    [InlineData(null, Genesis, 20UL)]
    [InlineData(15UL, Genesis, 15UL)]
    public void Before_its_first_block_a_lane_shows_a_head_past_the_forks_or_the_stated_one(ulong? stated, string? genesis, ulong block)
    {
        var settings = new PeerSettings { Genesis = genesis, ForkBlocks = genesis is null ? [] : [20, 10] };

        Assert.Equal(block, new PeerInput(PeerChain.Of(settings) with { HeadBlock = stated }, new IngestPipelineOptions(), "unused").Network.Head.Point.Block);
    }

    [Fact]
    public void Discovery_needs_an_address_and_a_DNS_server_a_port_only_if_it_is_another()
    {
        string node = $"enode://{new string('1', 128)}@127.0.0.1:30303";

        Assert.Equal("Cannot discover peers without listening. Set an address with --p2p.", Assert.Throws<NodeUsageException>(() => new PeerInput(PeerChain.Of(new PeerSettings { Listen = null, BootNodes = [node] }), new IngestPipelineOptions(), "unused")).Message);
        Assert.Equal(("127.0.0.1:53", "127.0.0.1:5353"), (DnsServers.Find("127.0.0.1").ToString(), DnsServers.Find("127.0.0.1:5353").ToString()));
        Assert.Equal("'here' is not a valid DNS server: expected ADDRESS or ADDRESS:PORT.", Assert.Throws<NodeUsageException>(() => DnsServers.Find("here")).Message);
    }

    [Theory]
    [InlineData("--fork-block", "x")]
    [InlineData("--fork-block", "1,,2")]
    [InlineData("--fork-time", "-1")]
    [InlineData("--genesis-time", "2026-01-01")]
    [InlineData("--network-id", "0")]
    [InlineData("--fork-block", "1")] // of a chain that is built in
    [InlineData("--peer", "enode://11111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111@1.2.3:30303")]
    public async Task A_network_option_that_is_not_valid_is_one_sentence_and_exit_code_2(string option, string value) =>
        Assert.Equal((NodeCommand.BadUsage, 1), await RunAsync("--p2p", "none", option, value));

    [Fact]
    public async Task A_listen_address_that_cannot_be_used_is_one_sentence_and_exit_code_3()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        Assert.Equal((NodeCommand.Environment, 1), await RunAsync("--p2p", taken.LocalEndpoint.ToString()!));
        Assert.Equal((NodeCommand.Environment, 1), await RunAsync("--p2p", "192.0.2.1:30303"));
    }

    [Fact]
    public void A_port_that_only_discovery_needs_is_tried_as_well()
    {
        using var taken = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        string directory = Directory.CreateTempSubdirectory("mempulse-").FullName;
        var settings = new PeerSettings { Listen = taken.Client.LocalEndPoint!.ToString(), BootNodes = [$"enode://{new string('1', 128)}@127.0.0.1:30303"] };

        var failure = Assert.Throws<IOException>(() => new PeerInput(PeerChain.Of(settings), new IngestPipelineOptions(), directory).ToPlan());

        Assert.StartsWith($"Cannot listen on {settings.Listen} for peers: ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory));
        Directory.Delete(directory);
    }

    private static async Task<(int Code, int Lines)> RunAsync(params string[] arguments)
    {
        string data = Directory.CreateTempSubdirectory("mempulse-").FullName;
        try
        {
            using var errors = new StringWriter();
            int code = await NodeCommand.RunAsync(["--data", data, "--urls", "http://127.0.0.1:0", .. arguments], TextWriter.Null, errors, TestContext.Current.CancellationToken);
            return (code, errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static Task<PeerChain> CompleteAsync(PeerSettings settings, ScriptedNode node) => PeerChainReader.CompleteAsync(settings, [Endpoint(node)], TimeProvider.System, TestContext.Current.CancellationToken);

    private static RpcEndpoint Endpoint(ScriptedNode node)
    {
        Assert.True(RpcEndpoint.TryParse(null, node.Address, node.HttpAddress, out var endpoint, out string? problem), problem);
        return endpoint;
    }

    private static ScriptedNode Node(string genesis, string method, string answer, string chain = "0x539", string network = "42") => new()
    {
        Result = (asked, _) => asked == method ? answer : asked switch
        {
            "eth_chainId" => $"\"{chain}\"",
            "eth_blockNumber" => "\"0xf\"",
            "net_version" => $"\"{network}\"",
            "eth_getBlockByNumber" => $$"""{"number":"0x0","hash":"{{genesis}}","timestamp":"0x3e8"}""",
            "admin_nodeInfo" or "debug_chainConfig" or "eth_config" => ScriptedNode.Unsupported,
            _ => ScriptedNode.Honest(asked),
        },
    };
}
