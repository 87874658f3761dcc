using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Testing.Nodes;

namespace Mempulse.ChainState.Tests;

/// <summary>What nodes say about a transaction is passed on as theirs; what is no answer to the question is not.</summary>
public sealed class TxStatementTests
{
    private const string Hash = "0x1111111111111111111111111111111111111111111111111111111111111111";
    private const string Other = "0x2222222222222222222222222222222222222222222222222222222222222222";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, TxStatementKind, ulong> Answers => new()
    {
        { "null", TxStatementKind.Absent, 0 },
        { $$"""{"hash":"{{Hash}}","blockHash":null,"blockNumber":null}""", TxStatementKind.Pending, 0 },
        { $$"""{"hash":"{{Hash}}"}""", TxStatementKind.Pending, 0 },
        { $$"""{"hash":"{{Hash}}","blockHash":"{{Other}}","blockNumber":"0x10"}""", TxStatementKind.Included, 16 },
        { $$"""{"hash":"{{Other}}","blockHash":"{{Other}}","blockNumber":"0x10"}""", TxStatementKind.Refused, 0 },
        { "{}", TxStatementKind.Refused, 0 },
        { "7", TxStatementKind.Refused, 0 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_node_is_asked_by_hash_and_its_answer_is_read(string answer, TxStatementKind kind, ulong number)
    {
        await using var node = new ScriptedNode { Result = (method, parameters) => method == "eth_getTransactionByHash" && parameters[0].GetString() == Hash ? answer : "null" };
        await using var provider = Connect(("first", node.HttpAddress));

        var said = Assert.Single(await provider.AskAsync(Hash256.Parse(Hash), Stop));

        Assert.Equal(("first", kind, number, kind == TxStatementKind.Included ? Other : null), (said.Node, said.Kind, said.Number.Value, said.Block?.ToString()));
        Assert.Equal(kind == TxStatementKind.Refused, said.Detail.Length > 0);
    }

    [Fact]
    public async Task Each_node_is_asked_and_one_that_does_not_answer_is_named()
    {
        await using var node = new ScriptedNode { Result = (_, _) => "null" };
        await using var provider = Connect(("gone", "http://127.0.0.1:1"), ("there", node.HttpAddress));

        var said = await provider.AskAsync(Hash256.Parse(Hash), Stop);

        Assert.Equal([("gone", TxStatementKind.Unreachable), ("there", TxStatementKind.Absent)], said.Select(static one => (one.Node, one.Kind)));
        Assert.NotEmpty(said[0].Detail);
    }

    private static RpcStateProvider Connect(params (string Name, string Address)[] nodes) => new(
        [.. nodes.Select(static node => RpcEndpoint.Parse(node.Name, node.Address))],
        new RpcConnectionOptions { CallRetries = 0 },
        new RpcStateOptions(),
        SenderRecovery.CreateBest(),
        new StateMeter(UnhostedMeters.Shared, new ChainId(1)),
        TimeProvider.System);
}
