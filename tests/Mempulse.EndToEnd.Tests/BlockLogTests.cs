using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Testing.Processes;
using Mempulse.Ethereum.Hashing;
using Mempulse.Testing.Anvil;

namespace Mempulse.EndToEnd.Tests;

/// <summary>The logs of real contracts on a real node, as the service records and shows them.</summary>
public sealed class BlockLogTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    /// <summary>PUSH3 300,000, PUSH0, LOG0, three times, STOP: a creation with 900,000 bytes of logs.</summary>
    private const string LargeLogs = "0x" + "620493e05fa0" + "620493e05fa0" + "620493e05fa0" + "00";

    [Fact]
    public async Task The_logs_of_a_swap_and_logs_of_a_megabyte_are_those_of_the_nodes_receipts_and_grade_how_the_swap_was_decoded()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        await using (var chain = await UniswapChain.StartAsync(stop, "--gas-limit", "60000000"))
        {
            await using var node = await NodeProcess.StartAsync(stop, "--rpc", chain.Node.WebSocketAddress, "--data", data.Path);
            await node.WaitUntilAsync("/status", static status => status.GetProperty("fold").GetProperty("headNumber").ValueKind == JsonValueKind.Number, s_limit, stop);

            string swap = await SendAsync(chain, chain.SignSwap(), stop, async hash =>
            {
                // Pending first: only what was decoded before its inclusion is graded.
                var pending = await node.WaitUntilAsync($"/tx/{hash}", static tx => tx.GetProperty("decode").ValueKind == JsonValueKind.Object, s_limit, stop);
                Assert.Equal("swapExactETHForTokens", pending.GetProperty("decode").GetProperty("call").GetProperty("function").GetString());
            });
            var logs = await AssertLogsAsync(node, chain, swap, records: 1, stop);
            Assert.Equal(
                ["Deposit(address,uint256)", "Transfer(address,address,uint256)", "Transfer(address,address,uint256)", "Sync(uint112,uint112)", "Swap(address,uint256,uint256,uint256,uint256,address)"],
                logs.Select(static log => NameOf(log)));

            var graded = await node.WaitUntilAsync("/decoders", static decoders => decoders.GetProperty("decoders").GetArrayLength() == 1, s_limit, stop);
            var decoder = graded.GetProperty("decoders")[0];
            Assert.Equal(("swapExactETHForTokens(uint256,address[],address,uint256)", 1, 1), (decoder.GetProperty("signature").GetString(), decoder.GetProperty("graded").GetInt32(), decoder.GetProperty("agreed").GetInt32()));
            Assert.Equal(JsonValueKind.Null, decoder.GetProperty("contract").ValueKind); // no registry names a router of this chain

            string large = await SendAsync(chain, chain.Sign(1, 2, null, default, Convert.FromHexString(LargeLogs.AsSpan(2)), gas: 12_000_000), stop);
            await AssertLogsAsync(node, chain, large, records: 3, stop);
            Assert.Equal(0, await node.StopAsync(stop));
        }

        string log = Path.GetDirectoryName(Directory.EnumerateFiles(data.Path, "*.wal", SearchOption.AllDirectories).First())!;
        var dump = await CommandLine.MempulseAsync(stop, "log", "dump", log, "--json", "--kind", "ReceiptsObserved");
        Assert.Contains(Topic("Swap(address,uint256,uint256,uint256,uint256,address)"), dump.Output, StringComparison.Ordinal);
        var replay = await CommandLine.MempulseAsync(stop, "replay", log, "--check");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Error);
    }

    private static async Task<string> SendAsync(UniswapChain chain, byte[] raw, CancellationToken stop, Func<string, Task>? whilePending = null)
    {
        var hash = await chain.Node.CallAsync("eth_sendRawTransaction", stop, "0x" + Convert.ToHexStringLower(raw));
        await (whilePending?.Invoke(hash.GetString()!) ?? Task.CompletedTask);
        await chain.Node.CallAsync("evm_mine", stop);
        return hash.GetString()!;
    }

    /// <summary>The transaction is alone in its block: its logs are those of the records of the block, one after the other.</summary>
    private static async Task<List<JsonElement>> AssertLogsAsync(NodeProcess node, UniswapChain chain, string hash, int records, CancellationToken stop)
    {
        var receipt = await chain.Node.CallAsync("eth_getTransactionReceipt", stop, JsonValue.Create(hash));
        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
        string block = receipt.GetProperty("blockHash").GetString()!;

        var found = await node.WaitUntilAsync("/events?types=ReceiptsObserved&limit=1000", body => PartsOf(body, block).Any(static part => part.GetProperty("continuation").GetString() == "Complete"), s_limit, stop);

        var parts = PartsOf(found, block);
        Assert.Equal(Enumerable.Repeat("Logs", records - 1).Append("Complete"), parts.Select(static part => part.GetProperty("continuation").GetString()));
        Assert.All(parts, part => Assert.Equal((true, hash), (part.GetProperty("verified").GetBoolean(), part.GetProperty("receipts")[0].GetProperty("tx").GetString())));
        var logs = new List<JsonElement>();
        foreach (var part in parts)
        {
            Assert.Equal(logs.Count, part.GetProperty("firstLog").GetInt32());
            logs.AddRange(part.GetProperty("receipts")[0].GetProperty("logs").EnumerateArray());
        }

        Assert.Equal(
            receipt.GetProperty("logs").EnumerateArray().Select(static log => (Text(log, "address"), log.GetProperty("topics").GetRawText(), Text(log, "data"))),
            logs.Select(static log => (Text(log, "account"), log.GetProperty("topics").GetRawText(), Text(log, "data"))));
        return logs;
    }

    private static List<JsonElement> PartsOf(JsonElement body, string block) =>
        [.. body.GetProperty("events").EnumerateArray().Where(item => item.GetProperty("block").GetString() == block).Select(static item => item.GetProperty("payload"))];

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!.ToLower(CultureInfo.InvariantCulture);

    private static string NameOf(JsonElement log) =>
        ((string[])["Deposit(address,uint256)", "Transfer(address,address,uint256)", "Sync(uint112,uint112)", "Swap(address,uint256,uint256,uint256,uint256,address)"])
            .Single(name => Topic(name) == log.GetProperty("topics")[0].GetString());

    private static string Topic(string signature) => Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)).ToString();
}
