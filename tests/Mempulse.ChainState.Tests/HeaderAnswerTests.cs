using System.Collections.Concurrent;
using Mempulse.ChainState.Tests.Lies;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Testing.Nodes;

namespace Mempulse.ChainState.Tests;

/// <summary>How the provider asks for headers, and its messages about answers without one.</summary>
public sealed class HeaderAnswerTests
{
    private static readonly string s_head = Lie.True.HeadHash.ToString();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Answers => new()
    {
        { "null", $"The node has no block {s_head}." },
        { "{}", $"Cannot read the node's header of block {s_head}: " },
        { "7", $"Cannot read the node's header of block {s_head}: " },
        { $$"""{"hash":"{{s_head}}","number":"0x1"}""", $"Cannot read the node's header of block {s_head}: " },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_block_that_is_not_answered_is_unknown_and_the_message_says_why(string answer, string message)
    {
        await using var node = new ScriptedNode { Result = (_, _) => answer };
        await using var provider = Connect(node);

        var unknown = await Assert.ThrowsAsync<StateUnavailableException>(() => provider.AtAsync(Lie.True.HeadHash, Stop));

        Assert.Equal(StateUnavailability.UnknownBlock, unknown.Reason);
        Assert.StartsWith(message, unknown.Message, StringComparison.Ordinal);
        Assert.Equal(answer == "null", unknown.Message == message);
    }

    [Fact]
    public async Task Headers_are_asked_for_without_their_transactions()
    {
        var asked = new ConcurrentBag<string>();
        await using var node = new ScriptedNode
        {
            Result = (method, parameters) =>
            {
                asked.Add($"{method} {parameters[1].GetRawText()}");
                return Lie.True.Answer(method, parameters);
            },
        };
        await using var provider = Connect(node);

        await provider.HeaderAsync("latest", Stop);
        await provider.HeaderAsync("0x10", Stop);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);
        await block.FetchAsync(new StateGap.OfBlockHash(290), Stop);

        Assert.Equal(["eth_getBlockByHash false", "eth_getBlockByNumber false"], asked.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_disposed_provider_asks_no_node()
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer };
        var provider = Connect(node);
        await provider.HeaderAsync("latest", Stop);

        await provider.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => provider.HeaderAsync("latest", Stop));
        Assert.Equal(1, node.CallsTo("eth_getBlockByNumber"));
    }

    [Fact]
    public async Task Missing_arguments_are_named()
    {
        await using var node = new ScriptedNode();
        await using var provider = Connect(node);
        var simulation = new StateSimulation(provider, new RpcStateOptions(), SenderRecovery.CreateBest());

        Assert.Equal("tag", (await Assert.ThrowsAsync<ArgumentNullException>(() => provider.HeaderAsync(null!, Stop))).ParamName);
        Assert.Equal("request", (await Assert.ThrowsAsync<ArgumentNullException>(() => simulation.RunAsync(null!, Stop))).ParamName);
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(() => Connect(node, null!)).ParamName);
        Assert.Equal(0, node.Messages);
    }

    private static RpcStateProvider Connect(ScriptedNode node) => Connect(node, new RpcStateOptions());

    private static RpcStateProvider Connect(ScriptedNode node, RpcStateOptions options) => new(
        [RpcEndpoint.Parse("node", node.HttpAddress)],
        new RpcConnectionOptions { CallRetries = 0 },
        options,
        SenderRecovery.CreateBest(),
        new StateMeter(UnhostedMeters.Shared, new ChainId(1)),
        TimeProvider.System);
}
