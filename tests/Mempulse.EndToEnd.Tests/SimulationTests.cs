using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Testing.Processes;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Anvil;

namespace Mempulse.EndToEnd.Tests;

/// <summary>A user's own bundles: over a real node's proven state, recorded, executed again in another process without a node.</summary>
public sealed class SimulationTests
{
    private const string OneThousandEther = "0x3635c9adc5dea00000";
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private static readonly EcdsaSigner s_rich = new([.. Enumerable.Repeat((byte)0x51, 32)]);
    private static readonly EcdsaSigner s_poor = new([.. Enumerable.Repeat((byte)0x52, 32)]);

    // PUSH0, PUSH0, REVERT.
    private static readonly Address s_reverter = Address.Parse("0x00000000000000000000000000000000000dead1");

    [Fact]
    public async Task A_bundle_is_simulated_recorded_marked_after_a_reorg_and_executed_again_with_no_node()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        string id;
        await using (var chain = await AnvilNode.StartAsync(stop))
        {
            await chain.CallAsync("anvil_setBalance", stop, s_rich.Account.ToString(), OneThousandEther);
            await chain.CallAsync("anvil_setCode", stop, s_reverter.ToString(), "0x5f5ffd");
            await chain.CallAsync("evm_mine", stop);
            await using var node = await NodeProcess.StartAsync(stop, "--rpc", chain.WebSocketAddress, "--data", data.Path);
            await node.WaitUntilAsync("/status", status => status.GetProperty("fold").GetProperty("headNumber").ValueKind == JsonValueKind.Number, s_limit, stop);

            // Two blocks that the service observes: a reorg can only go back to a block it knows.
            await chain.CallAsync("evm_mine", stop);
            await chain.CallAsync("evm_mine", stop);
            await node.WaitUntilAsync("/status", status => status.GetProperty("fold").GetProperty("headNumber").GetInt64() == 3, s_limit, stop);

            id = await BundleAsync(node, chain, stop);
            await OutcomesAsync(node, stop);
            await BadInputAsync(node, stop);
            await ReorgAsync(node, chain, id, stop);
            Assert.Equal(0, await node.StopAsync(stop));
        }

        string log = Path.GetDirectoryName(Directory.EnumerateFiles(data.Path, "*.wal", SearchOption.AllDirectories).First())!;
        await RerunAsync(log, id, stop);
        var replay = await CommandLine.MempulseAsync(stop, "replay", log, "--check");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Error);
    }

    /// <summary>Two transfers and a call that may revert: every number is known in advance.</summary>
    private static async Task<string> BundleAsync(NodeProcess node, AnvilNode chain, CancellationToken stop)
    {
        byte[] first = Transfer(s_rich, 0, s_poor.Account);
        byte[] reverting = Transfer(s_rich, 1, s_reverter);
        var body = new JsonObject
        {
            ["txs"] = new JsonArray(Hex(first), Hex(reverting)),
            ["revertingTxHashes"] = new JsonArray(TransactionHash(reverting)),
        };
        var (status, made) = await node.PostAsync("/simulate", body.ToJsonString(), stop);

        Assert.True(status == HttpStatusCode.OK, made.ToString());
        Assert.Equal("ok", made.GetProperty("outcome").GetString());
        Assert.True(made.GetProperty("verified").GetBoolean());
        Assert.Equal([true, false], made.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("succeeded").GetBoolean()));
        Assert.Equal(21_000, made.GetProperty("results")[0].GetProperty("gasUsed").GetInt32());
        Assert.Equal(2, made.GetProperty("trace").GetArrayLength());
        Assert.StartsWith("-", made.GetProperty("profit").GetString(), StringComparison.Ordinal);
        var head = await chain.CallAsync("eth_getBlockByNumber", stop, "latest", false);
        Assert.Equal(head.GetProperty("hash").GetString(), made.GetProperty("base").GetProperty("hash").GetString());

        string id = made.GetProperty("id").GetString()!;
        var again = await node.PostAsync("/simulate", body.ToJsonString(), stop);
        Assert.Equal(id, again.Answer.GetProperty("id").GetString());
        Assert.Equal(made.GetProperty("seq").GetInt64(), again.Answer.GetProperty("seq").GetInt64());

        var found = await node.WaitUntilAsync(
            $"/sim/{id}", sim => sim.GetProperty("base").GetProperty("standing").GetString() == "Canonical", s_limit, stop);
        Assert.Equal(made.GetProperty("trace").ToString(), found.GetProperty("trace").ToString());
        Assert.Contains($"sim rerun {id} --log ", found.GetProperty("rerun").GetString(), StringComparison.Ordinal);
        return id;
    }

    /// <summary>A failure in a bundle is an outcome, recorded like any other.</summary>
    private static async Task OutcomesAsync(NodeProcess node, CancellationToken stop)
    {
        var reverted = await SimulateAsync(node, new JsonObject { ["txs"] = new JsonArray(Hex(Transfer(s_rich, 0, s_reverter))) }, stop);
        Assert.Equal("Revert", reverted.GetProperty("outcome").GetString());
        Assert.Equal(0, reverted.GetProperty("failedIndex").GetInt32());
        string steps = await node.GetTextAsync(reverted.GetProperty("steps").GetString()!, stop);
        Assert.Equal(["PUSH0", "PUSH0", "REVERT"], steps.Split('\n').SkipLast(2).Select(line => JsonNode.Parse(line)!["opName"]!.GetValue<string>()));
        Assert.Equal(reverted.GetProperty("digests").GetProperty("steps").GetString(), Ethereum.Hashing.Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes(steps)).ToString());

        var undecodable = await SimulateAsync(node, new JsonObject { ["txs"] = new JsonArray("0x02c0") }, stop);
        Assert.Equal("Invalid", undecodable.GetProperty("outcome").GetString());

        var transfer = new JsonObject { ["txs"] = new JsonArray(Hex(Transfer(s_poor, 0, s_rich.Account))) };
        var poor = await SimulateAsync(node, transfer, stop);
        Assert.Equal("Invalid", poor.GetProperty("outcome").GetString());

        transfer["stateOverrides"] = new JsonObject { [s_poor.Account.ToString()] = new JsonObject { ["balance"] = OneThousandEther } };
        var rich = await SimulateAsync(node, transfer, stop);
        Assert.Equal("ok", rich.GetProperty("outcome").GetString());
        Assert.NotEqual(poor.GetProperty("id").GetString(), rich.GetProperty("id").GetString());

        var still = new JsonObject
        {
            ["txs"] = new JsonArray(Hex(Transfer(s_rich, 0, s_reverter))),
            ["stateOverrides"] = new JsonObject { [s_reverter.ToString()] = new JsonObject { ["balance"] = "0x1" } },
        };
        Assert.Equal("Revert", (await SimulateAsync(node, still, stop)).GetProperty("outcome").GetString());
    }

    private static async Task BadInputAsync(NodeProcess node, CancellationToken stop)
    {
        string raw = Hex(Transfer(s_rich, 0, s_poor.Account));
        await RefusedAsync(node, """{"txs":["0xzz"]}""", HttpStatusCode.BadRequest, "txs[0]", stop);
        await RefusedAsync(node, """{"transactions":[]}""", HttpStatusCode.BadRequest, "transactions", stop);
        await RefusedAsync(node, """{"txs":[]}""", HttpStatusCode.BadRequest, "at least one", stop);
        await RefusedAsync(node, $$"""{"txs":["{{raw}}"],"stateBlockNumber":"yesterday"}""", HttpStatusCode.BadRequest, "yesterday", stop);
        await RefusedAsync(node, $$"""{"txs":["{{raw}}"],"stateBlockNumber":"0xffffff"}""", HttpStatusCode.NotFound, "0xffffff", stop);
        string nowhere = "0x" + new string('9', 64);
        await RefusedAsync(node, $$"""{"txs":["{{raw}}"],"stateBlockNumber":"{{nowhere}}"}""", HttpStatusCode.NotFound, nowhere, stop);
        string many = string.Join(',', Enumerable.Repeat($"\"{raw}\"", 101));
        await RefusedAsync(node, $$"""{"txs":[{{many}}]}""", HttpStatusCode.BadRequest, "101 transactions", stop);
        Assert.Equal(HttpStatusCode.NotFound, (await node.TryGetAsync($"/sim/{nowhere}", stop)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await node.TryGetAsync($"/sim/{nowhere}/steps", stop)).Status);
        string metrics = await node.GetTextAsync("/metrics", stop);
        Assert.Contains("mempulse_sim_completed_total", metrics, StringComparison.Ordinal);
        Assert.Contains("mempulse_state_proofs", metrics, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await node.TryGetAsync("/sim/12", stop)).Status);
    }

    private static async Task ReorgAsync(NodeProcess node, AnvilNode chain, string id, CancellationToken stop)
    {
        await chain.CallAsync("anvil_reorg", stop, 2, new JsonArray());
        var left = await node.WaitUntilAsync($"/sim/{id}", sim => sim.GetProperty("base").GetProperty("standing").GetString() == "Left", s_limit, stop);
        Assert.Equal("ok", left.GetProperty("outcome").GetString());
        var moved = await node.GetAsync("/events?types=SimBaseMoved&limit=100", stop);
        Assert.Contains(moved.GetProperty("events").EnumerateArray(), item => item.GetProperty("sim").GetString() == id);
    }

    private static async Task RerunAsync(string log, string id, CancellationToken stop)
    {
        var rerun = await CommandLine.MempulseAsync(stop, "sim", "rerun", id, "--log", log);
        Assert.True(rerun.ExitCode == 0, rerun.Output + rerun.Error);
        Assert.Equal("the same as logged", rerun.LastLine);

        var json = JsonDocument.Parse((await CommandLine.MempulseAsync(stop, "sim", "rerun", id, "--log", log, "--json")).LastLine).RootElement;
        byte[] digest = Convert.FromHexString(json.GetProperty("witnessDigest").GetString()!.AsSpan(2));
        string witness = Assert.Single(Directory.GetFiles(Path.Combine(log, "sims")), path => File.ReadAllBytes(path).AsSpan().IndexOf(digest) >= 0);
        byte[] bytes = await File.ReadAllBytesAsync(witness, stop);
        DamageContents(bytes, digest);

        await File.WriteAllBytesAsync(witness, bytes, stop);

        var refused = await CommandLine.MempulseAsync(stop, "sim", "rerun", id, "--log", log);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(witness, refused.Error, StringComparison.Ordinal);

        var unknown = await CommandLine.MempulseAsync(stop, "sim", "rerun", "0x" + new string('9', 64), "--log", log);
        Assert.Equal(2, unknown.ExitCode);
    }

    /// <summary>Changes every byte of the contents in the batch of a volume whose header names a witness (docs/formats/content.md).</summary>
    private static void DamageContents(Span<byte> volume, ReadOnlySpan<byte> digest)
    {
        const int RecordHeader = 40;
        const int Alignment = 64;
        while (BinaryPrimitives.ReadInt32LittleEndian(volume) is > 0 and var length)
        {
            var batch = volume.Slice(RecordHeader, length);
            int header = 8 + (48 * BinaryPrimitives.ReadUInt16LittleEndian(batch[6..]));
            if (batch[..header].IndexOf(digest) >= 0)
            {
                foreach (ref byte one in batch[header..])
                {
                    one ^= 1;
                }
            }

            volume = volume[((RecordHeader + length + Alignment - 1) / Alignment * Alignment)..];
        }
    }

    private static async Task<JsonElement> SimulateAsync(NodeProcess node, JsonObject body, CancellationToken stop)
    {
        var (status, answer) = await node.PostAsync("/simulate", body.ToJsonString(), stop);
        Assert.True(status == HttpStatusCode.OK, answer.ToString());
        return answer;
    }

    private static async Task RefusedAsync(NodeProcess node, string body, HttpStatusCode expected, string named, CancellationToken stop)
    {
        var (status, problem) = await node.PostAsync("/simulate", body, stop);
        Assert.True(status == expected, $"{status}: {problem}");
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static byte[] Transfer(EcdsaSigner from, ulong nonce, Address to) => TransactionEncoder.Encode(TransactionSigner.Sign(
        new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = new ChainId(1),
            Nonce = new Nonce(nonce),
            GasLimit = new Gas(100_000),
            Recipient = to,
            Value = default,
            MaxFeePerGas = new Wei(10_000_000_000),
            MaxPriorityFeePerGas = new Wei(1_000_000_000),
            Input = default,
            Signature = default,
        },
        from));

    private static string TransactionHash(byte[] raw) => Ethereum.Hashing.Keccak256.Hash(raw).ToString();

    private static string Hex(byte[] bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
