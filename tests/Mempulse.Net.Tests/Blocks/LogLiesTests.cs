using System.Text.Json.Nodes;
using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Blocks;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Testing.Nodes;

namespace Mempulse.Net.Tests.Blocks;

/// <summary>Lies about the logs of a block, each in receipts that are true otherwise: the receiptsRoot refutes them, in whatever way they are asked for.</summary>
public sealed class LogLiesTests
{
    /// <summary>Changes of the logs of a true block, in a receipt that has three and in the one before it.</summary>
    private static readonly SortedDictionary<string, Action<JsonArray, JsonArray>> s_lies = new(StringComparer.Ordinal)
    {
        ["other data"] = static (logs, _) => logs[0]!["data"] = "0x03",
        ["longer data"] = static (logs, _) => logs[2]!["data"] = "0x010200",
        ["another emitter"] = static (logs, _) => logs[1]!["address"] = "0x" + new string('c', 40),
        ["another topic"] = static (logs, _) => logs[2]!["topics"]![2] = "0x" + new string('c', 64),
        ["a topic less"] = static (logs, _) => logs[2]!["topics"]!.AsArray().RemoveAt(2),
        ["a log less"] = static (logs, _) => logs.RemoveAt(2),
        ["a log twice"] = static (logs, _) => logs.Add(logs[0]!.DeepClone()),
        ["logs in another order"] = static (logs, _) => (logs[0], logs[1]) = (logs[1]!.DeepClone(), logs[0]!.DeepClone()),
        ["a log of another transaction"] = static (logs, before) =>
        {
            before.Add(logs[2]!.DeepClone());
            logs.RemoveAt(2);
        },
        ["no logs"] = static (logs, _) => logs.Clear(),
        ["five topics"] = static (logs, _) => logs[0]!["topics"] = new JsonArray([.. Enumerable.Repeat("0x" + new string('b', 64), 5)]),
    };

    public static TheoryData<string> Lies => [.. s_lies.Keys];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Tells a lie about the logs of a block's receipts.</summary>
    internal static void Apply(string lie, JsonArray receipts) => s_lies[lie](receipts[1]!["logs"]!.AsArray(), receipts[0]!["logs"]!.AsArray());

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Logs_that_are_not_those_of_the_block_are_refused(string lie)
    {
        var block = ReceiptedBlock.New().Seal();
        var altered = block.Receipts.DeepClone().AsArray();
        Apply(lie, altered);
        await using var node = new ScriptedNode { Result = (method, parameters) => block.Answer(method, parameters, altered) };
        await using var client = NewClient(node);
        var verified = (await NewFetcher().FetchAsync(client, block.Hash, Cancelled))!;

        foreach (bool isThorough in (bool[])[false, true])
        {
            var (receipts, problem) = await new ReceiptFetcher(itemsPerCall: 32).FetchAsync(client, verified, isThorough, Cancelled);

            Assert.Null(receipts);
            Assert.Equal(lie == "five topics" ? "A receipt cannot be read: Field 'logs.topics': expected at most 4." : "The receipts do not hash to the header's root.", problem);
        }
    }

    [Fact]
    public async Task The_true_logs_are_proven()
    {
        var block = ReceiptedBlock.New().Seal();
        await using var node = new ScriptedNode { Result = (method, parameters) => block.Answer(method, parameters, block.Receipts) };
        await using var client = NewClient(node);
        var verified = (await NewFetcher().FetchAsync(client, block.Hash, Cancelled))!;

        var (receipts, problem) = await new ReceiptFetcher(itemsPerCall: 32).FetchAsync(client, verified, isThorough: false, Cancelled);

        Assert.Equal((true, string.Empty), (receipts!.IsVerified, problem));
        Assert.Equal(Enumerable.Range(0, block.Receipts.Count).Select(ReceiptedBlock.LogsOf), receipts.Results.Select(static result => result.Logs.Count));
    }

    private static BlockFetcher NewFetcher() => new(new BlockVerifier(SenderRecovery.CreateBest()), new ChainId(1), itemsPerCall: 32);

    private static RpcClient NewClient(ScriptedNode node) =>
        new(new Uri(node.HttpAddress), new RpcConnectionOptions { CallRetries = 0 }, TimeProvider.System, new RpcMeter(UnhostedMeters.Shared, new ChainId(1), "test"));
}
