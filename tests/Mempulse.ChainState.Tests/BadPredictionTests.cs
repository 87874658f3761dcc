using Mempulse.ChainState.Tests.Lies;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;
using Mempulse.Testing.Nodes;

namespace Mempulse.ChainState.Tests;

/// <summary>A prediction that is unreadable, partial or empty costs nothing else, in this simulation and in later ones.</summary>
public sealed class BadPredictionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("eth_createAccessList", "7")]
    [InlineData("eth_createAccessList", "null")]
    [InlineData("eth_createAccessList", "[]")]
    [InlineData("eth_createAccessList", "\"0x\"")]
    [InlineData("eth_createAccessList", "{}")]
    [InlineData("eth_createAccessList", """{"error":"execution reverted","gasUsed":"0x1"}""")]
    [InlineData("eth_createAccessList", """{"accessList":"none"}""")]
    [InlineData("debug_traceCall", "7")]
    [InlineData("debug_traceCall", "null")]
    [InlineData("debug_traceCall", "[]")]
    [InlineData("debug_traceCall", "\"0x\"")]
    public async Task An_unreadable_prediction_still_fetches_what_the_bundle_names(string method, string answer)
    {
        await using var node = new ScriptedNode { Result = (asked, parameters) => asked == method ? answer : Lie.True.Answer(asked, parameters) };
        await using var provider = Connect(node);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        await block.PrefetchAsync(Lie.Request(), Stop);

        Assert.Equal(1, node.CallsTo(method));
        foreach (var account in (Address[])[Lie.Coinbase, Lie.Contract, Lie.Sender.Account])
        {
            Assert.NotEqual(ReadOutcome.Missing, block.Reader.ReadAccount(account, out _));
        }
    }

    [Fact]
    public async Task An_empty_bundle_does_not_end_access_lists()
    {
        await using var node = new ScriptedNode { Result = (method, parameters) => method == "eth_createAccessList" ? "{}" : Lie.True.Answer(method, parameters) };
        await using var provider = Connect(node);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        await block.PrefetchAsync(Lie.Request() with { Transactions = [] }, Stop);
        await block.PrefetchAsync(Lie.Request(), Stop);

        Assert.Equal((1, 0), (node.CallsTo("eth_createAccessList"), node.CallsTo("debug_traceCall")));
    }

    [Fact]
    public async Task An_empty_bundle_does_not_end_traces()
    {
        await using var node = new ScriptedNode { Result = (method, parameters) => method == "debug_traceCall" ? "{}" : Lie.True.Answer(method, parameters) };
        await using var provider = Connect(node);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        foreach (var request in (SimRequest[])[Lie.Request(), Lie.Request() with { Transactions = [] }, Lie.Request()])
        {
            await block.PrefetchAsync(request, Stop);
        }

        Assert.Equal((1, 2), (node.CallsTo("eth_createAccessList"), node.CallsTo("debug_traceCall")));
    }

    [Theory]
    [InlineData("eth_createAccessList", 2, 4)]
    [InlineData("debug_traceCall", 2, 2)]
    public async Task A_method_that_is_refused_for_one_of_two_transactions_is_not_used_again(string method, int asked, int traced)
    {
        int calls = 0;
        await using var node = new ScriptedNode
        {
            Result = (called, parameters) => called == method
                ? Interlocked.Increment(ref calls) == 1 ? ScriptedNode.Unsupported : "{}"
                : called == "debug_traceCall" ? "{}" : Lie.True.Answer(called, parameters),
        };
        await using var provider = Connect(node);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);
        var twice = Lie.Request() with { Transactions = [.. Lie.Request().Transactions, .. Lie.Request().Transactions] };

        await block.PrefetchAsync(twice, Stop);
        await block.PrefetchAsync(twice, Stop);

        Assert.Equal((asked, traced), (node.CallsTo(method), node.CallsTo("debug_traceCall")));
    }

    private static RpcStateProvider Connect(ScriptedNode node) => new(
        [RpcEndpoint.Parse("node", node.HttpAddress)],
        new RpcConnectionOptions { CallRetries = 0 },
        new RpcStateOptions { RetryDelay = TimeSpan.Zero },
        SenderRecovery.CreateBest(),
        new StateMeter(UnhostedMeters.Shared, new ChainId(1)),
        TimeProvider.System);
}
