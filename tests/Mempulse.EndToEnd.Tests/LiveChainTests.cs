using System.Text.Json;
using Mempulse.Testing.Processes;
using Mempulse.Testing.Anvil;

namespace Mempulse.EndToEnd.Tests;

/// <summary>A real node, the real service, and a replay in another process.</summary>
public sealed class LiveChainTests
{
    private const int Burst = 8_000;
    private const int Sample = 20;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private static readonly string[] s_roomyBlocks = ["--gas-limit", "60000000"];

    [Fact]
    public async Task A_burst_a_replacement_a_gap_blocks_a_reorg_and_a_crash_fold_to_the_digest_of_a_replay_in_another_process()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        await using var chain = await AnvilNode.StartAsync(stop, port: null, s_roomyBlocks);
        var wallets = await AnvilWallets.OpenAsync(chain, stop);

        List<string> sample = [];
        // Whole-transaction subscriptions lose most of a burst: only the comparison with the pool finds all.
        var node = await StartAsync(chain, data, stop);
        await using (node)
        {
            var burst = await wallets.BurstAsync(Burst, stop);
            await WaitForPoolAsync(node, "Pending", Burst, stop);
            sample = [.. burst.Take(Sample), .. burst.TakeLast(Sample)];

            await NonceGapIsSeenAsync(node, wallets, stop);
            await BlocksAreFollowedAsync(node, chain, stop);
            await AnvilTruth.AssertPlacesAsync(node, chain, sample, stop);
            await ReplacementIsSeenAsync(node, chain, wallets, stop);
            sample.AddRange(await ReceiptsAreProvenAsync(node, chain, stop));
            await AnvilTruth.AssertPlacesAsync(node, chain, sample, stop);
            sample.Add(await ReorgIsFollowedAsync(node, chain, wallets, stop));
            await AnvilTruth.AssertHeadAsync(node, chain, stop);
            await AnvilTruth.AssertPlacesAsync(node, chain, sample, stop); // the reorg took back the last three of them

            await wallets.BurstAsync(500, stop);
            await node.KillAsync();
        }

        await VerifyLogAsync(data, stop);
        await using var restarted = await StartAsync(chain, data, stop);
        await wallets.BurstAsync(500, stop);
        var settled = await WaitForPoolAsync(restarted, "Pending", atLeast: 1_000, stop);
        settled = await restarted.WaitUntilAsync("/status", IsCaughtUp, s_limit, stop);

        Assert.Equal(0, settled.GetProperty("fold").GetProperty("divergences").GetInt64());
        await AnvilTruth.AssertPlacesAsync(restarted, chain, sample, stop);
        for (int account = 0; account < wallets.Count; account++)
        {
            await AnvilTruth.AssertNonceAsync(restarted, chain, wallets.AddressOf(account), stop);
        }

        Assert.Equal(0, await restarted.StopAsync(stop));
        await ReplaysToAsync(data, settled, stop);
    }

    private static Task<NodeProcess> StartAsync(AnvilNode chain, TemporaryFolder data, CancellationToken stop) => NodeProcess.StartAsync(
        stop, "--rpc", chain.WebSocketAddress, "--chain", "1", "--data", data.Path, "--pending", "bodies", "--reconcile", "2");

    // After the blocks: anvil loses a replacement that is behind another pending transaction of its sender.
    private static async Task ReplacementIsSeenAsync(NodeProcess node, AnvilNode chain, AnvilWallets wallets, CancellationToken stop)
    {
        string first = await wallets.SendAsync(0, feeGwei: 3, stop);
        await WaitForTxAsync(node, first, "Pending", stop);

        string second = await wallets.SendAsync(0, wallets.NextNonceOf(0) - 1, feeGwei: 9, stop);
        var replaced = await WaitForTxAsync(node, first, "Replaced", stop);

        Assert.Equal(second, replaced.GetProperty("replacedBy").GetString());
        var replacing = await WaitForTxAsync(node, second, "Pending", stop);
        Assert.Equal(first, replacing.GetProperty("replaces").GetString());
        await chain.CallAsync("evm_mine", stop);
        await WaitForTxAsync(node, second, "Included", stop);
    }

    private static async Task NonceGapIsSeenAsync(NodeProcess node, AnvilWallets wallets, CancellationToken stop)
    {
        string behindGap = await wallets.SendAsync(1, wallets.NextNonceOf(1) + 1_000, feeGwei: 3, stop);

        await WaitForTxAsync(node, behindGap, "Queued", stop);
    }

    private static async Task BlocksAreFollowedAsync(NodeProcess node, AnvilNode chain, CancellationToken stop)
    {
        for (int block = 0; block < 6; block++)
        {
            await chain.CallAsync("evm_mine", stop);
        }

        // The burst; transactions behind the nonce gap keep waiting.
        await node.WaitUntilAsync("/status", status => PoolOf(status, "Included") + PoolOf(status, "Confirmed") >= Burst, s_limit, stop);
        await WaitForPoolAsync(node, "Queued", atLeast: 1, stop);
    }

    private static async Task<IReadOnlyList<string>> ReceiptsAreProvenAsync(NodeProcess node, AnvilNode chain, CancellationToken stop)
    {
        const string account = "0xa0ee7a142d267c1f36714e4a8f75612f20a79720"; // the tenth of anvil's accounts; the wallets are others
        (string Code, string Outcome)[] creations = [("0x602a600052600760206000a100", "Succeeded"), ("0x60006000fd", "Reverted")]; // emits a log, reverts
        var sent = new List<string>();
        foreach (var (code, _) in creations)
        {
            var creation = new System.Text.Json.Nodes.JsonObject { ["from"] = account, ["data"] = code, ["gas"] = "0x30d40" };
            sent.Add((await chain.CallAsync("eth_sendTransaction", stop, creation)).GetString()!);
        }

        await chain.CallAsync("evm_mine", stop);
        for (int i = 0; i < sent.Count; i++)
        {
            // Included first; after large blocks, the receipts may follow.
            await WaitForTxAsync(node, sent[i], "Included", stop);
            var known = await node.WaitUntilAsync($"/tx/{sent[i]}", static tx => OutcomeOf(tx) is not (null or "Unknown"), s_limit, stop);
            Assert.Equal((creations[i].Outcome, true), (OutcomeOf(known), known.GetProperty("inclusion").GetProperty("outcomeVerified").GetBoolean()));
        }

        var found = await node.WaitUntilAsync(
            "/events?types=ReceiptsObserved&limit=1000", body => body.GetRawText().Contains(sent[0], StringComparison.Ordinal), s_limit, stop);
        var receipts = found.GetProperty("events").EnumerateArray().SelectMany(static body => body.GetProperty("payload").GetProperty("receipts").EnumerateArray());
        var emitted = receipts.Single(receipt => receipt.GetProperty("tx").GetString() == sent[0]);
        Assert.Single(emitted.GetProperty("logs").EnumerateArray());
        Assert.All(found.GetProperty("events").EnumerateArray(), static body => Assert.True(body.GetProperty("payload").GetProperty("verified").GetBoolean()));
        return sent;
    }

    private static string? OutcomeOf(JsonElement tx) =>
        tx.GetProperty("inclusion") is { ValueKind: JsonValueKind.Object } inclusion ? inclusion.GetProperty("outcome").GetString() : null;

    private static async Task<string> ReorgIsFollowedAsync(NodeProcess node, AnvilNode chain, AnvilWallets wallets, CancellationToken stop)
    {
        string included = await wallets.SendAsync(2, feeGwei: 3, stop);
        await WaitForTxAsync(node, included, "Pending", stop);
        await chain.CallAsync("evm_mine", stop);
        await WaitForTxAsync(node, included, "Included", stop);

        await chain.CallAsync("anvil_reorg", stop, 2, new System.Text.Json.Nodes.JsonArray());
        var reopened = await WaitForTxAsync(node, included, "Pending", stop);

        Assert.Contains(
            reopened.GetProperty("lifecycle").EnumerateArray(), step => step.GetProperty("type").GetString() == "TxReopened");
        var reorgs = await node.GetAsync("/events?types=ReorgDetected&limit=10", stop);
        var reorg = Assert.Single(reorgs.GetProperty("events").EnumerateArray());
        Assert.Equal(2, reorg.GetProperty("payload").GetProperty("depth").GetInt32());
        return included;
    }

    private static async Task VerifyLogAsync(TemporaryFolder data, CancellationToken stop)
    {
        var verified = await CommandLine.MempulseAsync(stop, "log", "verify", LogIn(data));

        Assert.True(verified.ExitCode == 0, verified.Output + verified.Error);
    }

    private static async Task ReplaysToAsync(TemporaryFolder data, JsonElement live, CancellationToken stop)
    {
        var fold = live.GetProperty("fold");
        string seq = fold.GetProperty("appliedSeq").ToString();

        var replayed = await CommandLine.MempulseAsync(stop, "replay", LogIn(data), "--to", seq, "--check");

        Assert.True(replayed.ExitCode == 0, replayed.Output + replayed.Error);
        Assert.Contains($"final {seq} {fold.GetProperty("digest").GetString()}", replayed.Output, StringComparison.Ordinal);
    }

    private static string LogIn(TemporaryFolder data) => Path.GetDirectoryName(
        Directory.EnumerateFiles(data.Path, "*.wal", SearchOption.AllDirectories).First())!;

    private static Task<JsonElement> WaitForTxAsync(NodeProcess node, string hash, string state, CancellationToken stop) =>
        node.WaitUntilAsync($"/tx/{hash}", tx => tx.GetProperty("status").GetString() == state, s_limit, stop);

    private static Task<JsonElement> WaitForPoolAsync(NodeProcess node, string state, long atLeast, CancellationToken stop) =>
        node.WaitUntilAsync("/status", status => PoolOf(status, state) >= atLeast, s_limit, stop);

    private static long PoolOf(JsonElement status, string state) =>
        status.GetProperty("pool").TryGetProperty(state, out var count) ? count.GetInt64() : 0;

    private static bool IsCaughtUp(JsonElement status)
    {
        var fold = status.GetProperty("fold");
        return fold.GetProperty("appliedSeq").GetUInt64() == status.GetProperty("log").GetProperty("watermark").GetUInt64()
            && fold.GetProperty("derivedWaiting").GetInt64() == 0;
    }
}
