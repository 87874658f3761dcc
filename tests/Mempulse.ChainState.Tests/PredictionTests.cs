using System.Globalization;
using System.Text.Json;
using Mempulse.ChainState.Tests.Lies;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Testing.Nodes;

namespace Mempulse.ChainState.Tests;

/// <summary>What a node predicts is fetched in one round, within bounds; what it predicts badly costs rounds and nothing else.</summary>
public sealed class PredictionTests
{
    private const string AccessListOfRich = """{"accessList":[{"address":"0x0404040404040404040404040404040404040404","storageKeys":[]}],"gasUsed":"0x1"}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Senders_recipients_coinbase_and_the_access_list_are_fetched_with_their_slots()
    {
        string list = $$"""
            {"accessList":[{"address":"{{Lie.Contract}}","storageKeys":["{{RpcParameters.Word(7)}}","{{RpcParameters.Word(8)}}","{{RpcParameters.Word(7)}}"]},
            {"address":"{{Lie.Rich}}","storageKeys":[]},{"address":7},{"storageKeys":[]},"no entry",{"address":"{{Lie.Other}}","storageKeys":"none"},
            {"address":"{{Lie.Library}}","storageKeys":[7,"no slot"]}],"gasUsed":"0x1"}
            """;

        var (block, node, provider) = await PrefetchAsync("eth_createAccessList", list);

        await using (provider)
        await using (node)
        {
            foreach (var account in (Address[])[Lie.Coinbase, Lie.Sender.Account, Lie.Contract, Lie.Rich, Lie.Other, Lie.Library])
            {
                Assert.NotEqual(ReadOutcome.Missing, block.Reader.ReadAccount(account, out _));
            }

            Assert.Equal((ReadOutcome.Found, (UInt256)700), (block.Reader.ReadStorage(Lie.Contract, 7, out var seven), seven));
            Assert.Equal((ReadOutcome.Found, (UInt256)2_100), (block.Reader.ReadStorage(Lie.Contract, 8, out var eight), eight));
            Assert.Equal((6, 0), (node.CallsTo("eth_getProof"), node.CallsTo("debug_traceCall")));
        }
    }

    [Fact]
    public async Task Without_access_lists_the_prestate_tracer_predicts_and_neither_is_asked_for_again_once_it_is_missing()
    {
        string prestate = $$$"""{"{{{Lie.Contract}}}":{"balance":"0x1","storage":{"{{{RpcParameters.Word(7)}}}":"0x1"}},"{{{Lie.Rich}}}":{},"{{{Lie.Other}}}":"none","no account":{}}""";
        var (block, node, provider) = await PrefetchAsync("debug_traceCall", prestate);

        await using (provider)
        await using (node)
        {
            Assert.Equal(ReadOutcome.Found, block.Reader.ReadStorage(Lie.Contract, 7, out _));
            Assert.Equal(ReadOutcome.Found, block.Reader.ReadAccount(Lie.Rich, out _));
            Assert.Equal(ReadOutcome.Found, block.Reader.ReadAccount(Lie.Other, out _));
            int proofs = node.CallsTo("eth_getProof");

            await block.PrefetchAsync(Lie.Request(), Stop);

            Assert.Equal((1, 2), (node.CallsTo("eth_createAccessList"), node.CallsTo("debug_traceCall")));
            Assert.Equal(proofs, node.CallsTo("eth_getProof")); // all is known
            node.Result = Lie.True.Answer;
            await block.PrefetchAsync(Lie.Request(), Stop);
            await block.PrefetchAsync(Lie.Request(), Stop);
            Assert.Equal((1, 3), (node.CallsTo("eth_createAccessList"), node.CallsTo("debug_traceCall")));
        }
    }

    [Theory]
    [InlineData(1_021, 1_024)] // with the coinbase, the sender and the recipient
    [InlineData(1_022, 1_024)]
    public async Task A_prediction_has_at_most_1024_accounts(int predicted, int fetched)
    {
        string list = "{\"accessList\":[" + string.Join(',', Enumerable.Range(0, predicted).Select(i => $"{{\"address\":\"0x{i:x40}\",\"storageKeys\":[]}}")) + "]}";

        var (_, node, provider) = await PrefetchAsync("eth_createAccessList", list);

        await using (provider)
        await using (node)
        {
            Assert.Equal(fetched, node.CallsTo("eth_getProof"));
        }
    }

    [Theory]
    [InlineData(256, 256)]
    [InlineData(257, 256)]
    public async Task At_most_256_slots_of_an_account_are_fetched_in_advance(int predicted, int fetched)
    {
        string keys = string.Join(',', Enumerable.Range(0, predicted).Select(i => $"\"0x{i:x64}\""));

        var (block, node, provider) = await PrefetchAsync("eth_createAccessList", $$"""{"accessList":[{"address":"{{Lie.Contract}}","storageKeys":[{{keys}}]}]}""");

        await using (provider)
        await using (node)
        {
            Assert.Equal(fetched, Enumerable.Range(0, predicted).Count(i => block.Reader.ReadStorage(Lie.Contract, (ulong)i, out _) == ReadOutcome.Found));
        }
    }

    [Theory]
    [InlineData(8_192, 8_192)]
    [InlineData(8_193, 8_192)]
    public async Task A_prediction_has_at_most_8192_slots(int predicted, int fetched)
    {
        string entries = string.Join(',', Enumerable.Range(0, predicted).Chunk(256).Select((chunk, account) =>
            $"{{\"address\":\"0x{account + 1:x40}\",\"storageKeys\":[{string.Join(',', chunk.Select(i => $"\"0x{i:x64}\""))}]}}"));
        int asked = 0;

        var (_, node, provider) = await PrefetchAsync("eth_createAccessList", $$"""{"accessList":[{{entries}}]}""", (method, parameters) =>
            Interlocked.Add(ref asked, method == "eth_getProof" ? parameters[1].GetArrayLength() : 0));

        await using (provider)
        await using (node)
        {
            Assert.Equal(fetched, asked);
        }
    }

    [Fact]
    public async Task The_predicted_call_is_the_transaction_at_the_base_block()
    {
        JsonElement asked = default;

        var (_, node, provider) = await PrefetchAsync("eth_createAccessList", AccessListOfRich, (method, parameters) =>
        {
            if (method == "eth_createAccessList")
            {
                asked = parameters.Clone();
            }
        });

        await using (provider)
        await using (node)
        {
            var call = asked[0];
            Assert.Equal(
                (Lie.Sender.Account.ToString(), Lie.Contract.ToString(), "0x" + 1_000_000.ToString("x", CultureInfo.InvariantCulture), "0x0", "0x"),
                (call.GetProperty("from").GetString(), call.GetProperty("to").GetString(), call.GetProperty("gas").GetString(), call.GetProperty("value").GetString(), call.GetProperty("input").GetString()));
            Assert.Equal(Lie.True.HeadHash.ToString(), asked[1].GetProperty("blockHash").GetString());
        }
    }

    [Fact]
    public async Task A_node_that_fails_in_the_prediction_costs_only_that()
    {
        await using var node = new ScriptedNode { Result = Lie.True.Answer, Script = NodeScript.Honest.With("eth_createAccessList", new NodeReply.Cut()) };
        await using var provider = Connect(node);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);

        await block.PrefetchAsync(Lie.Request(), Stop);

        Assert.Equal(0, node.CallsTo("eth_getProof"));
        Assert.Null(await block.FetchAsync(new StateGap.OfAccount(Lie.Rich), Stop));
    }

    private static async Task<(IBlockState Block, ScriptedNode Node, RpcStateProvider Provider)> PrefetchAsync(string method, string prediction, Action<string, JsonElement>? watch = null)
    {
        var node = new ScriptedNode();
        node.Result = (asked, parameters) =>
        {
            watch?.Invoke(asked, parameters);
            return asked == method ? prediction : Lie.True.Answer(asked, parameters);
        };
        var provider = Connect(node);
        var block = await provider.AtAsync(Lie.True.HeadHash, Stop);
        await block.PrefetchAsync(Lie.Request(), Stop);
        return (block, node, provider);
    }

    private static RpcStateProvider Connect(ScriptedNode node) => new(
        [RpcEndpoint.Parse("node", node.HttpAddress)],
        new RpcConnectionOptions { CallRetries = 0 },
        new RpcStateOptions { RetryDelay = TimeSpan.Zero },
        SenderRecovery.CreateBest(),
        new StateMeter(UnhostedMeters.Shared, new ChainId(1)),
        TimeProvider.System);
}
