using System.Globalization;
using System.Text.Json;
using Mempulse.Testing.Processes;
using Mempulse.Testing.Anvil;

namespace Mempulse.EndToEnd.Tests;

/// <summary>Holds what the service says against what anvil itself says when it is asked, transaction by transaction and account by account.</summary>
internal static class AnvilTruth
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>Each of these transactions is in the block, at the place and with the outcome of anvil's receipt; one without a receipt is in no block.</summary>
    public static async Task AssertPlacesAsync(NodeProcess node, AnvilNode chain, IEnumerable<string> hashes, CancellationToken stop)
    {
        foreach (string hash in hashes)
        {
            var receipt = await chain.CallAsync("eth_getTransactionReceipt", stop, hash);
            if (receipt.ValueKind == JsonValueKind.Null)
            {
                var waiting = await node.GetAsync($"/tx/{hash}", stop);
                Assert.Equal(JsonValueKind.Null, waiting.GetProperty("inclusion").ValueKind);
                continue;
            }

            var tx = await node.WaitUntilAsync($"/tx/{hash}", static tx => OutcomeOf(tx) is not (null or "Unknown"), s_limit, stop);
            var inclusion = tx.GetProperty("inclusion");
            Assert.Equal(
                (Text(receipt, "blockHash"), Number(receipt, "blockNumber"), Number(receipt, "transactionIndex"), Number(receipt, "status") == 1 ? "Succeeded" : "Reverted"),
                (Text(inclusion, "block"), inclusion.GetProperty("number").GetUInt64(), inclusion.GetProperty("index").GetUInt64(), OutcomeOf(tx)!));
        }
    }

    /// <summary>The next nonce that the chain proves for an account is the one that anvil states for its latest block.</summary>
    public static async Task AssertNonceAsync(NodeProcess node, AnvilNode chain, string account, CancellationToken stop)
    {
        var count = await chain.CallAsync("eth_getTransactionCount", stop, account, "latest");
        var sender = await node.GetAsync($"/sender/{account}", stop);
        Assert.Equal((Parse(count.GetString()!), "Chain"), (sender.GetProperty("nextNonce").GetUInt64(), Text(sender, "nonceKnowledge")));
    }

    /// <summary>The service's head is anvil's latest block.</summary>
    public static async Task AssertHeadAsync(NodeProcess node, AnvilNode chain, CancellationToken stop)
    {
        var latest = await chain.CallAsync("eth_getBlockByNumber", stop, "latest", false);
        await node.WaitUntilAsync("/status", status => status.GetRawText().Contains(Text(latest, "hash"), StringComparison.Ordinal), s_limit, stop);
    }

    private static string? OutcomeOf(JsonElement tx) =>
        tx.GetProperty("inclusion") is { ValueKind: JsonValueKind.Object } inclusion ? inclusion.GetProperty("outcome").GetString() : null;

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static ulong Number(JsonElement of, string name) => Parse(Text(of, name));

    private static ulong Parse(string hex) => ulong.Parse(hex.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
