using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Testing.Anvil;

namespace Mempulse.ChainState.Tests;

/// <summary>eth_simulateV1 of anvil, which executes with revm.</summary>
internal static class SimulatedBlock
{
    /// <summary>Simulates calls in one block with the environment of <paramref name="block"/> and returns its calls.</summary>
    public static async Task<List<JsonElement>> RunAsync(AnvilNode node, SimBlock block, JsonObject overrides, JsonArray calls, string tag, CancellationToken stop) =>
        CallsOf(await node.CallAsync("eth_simulateV1", stop, Payload(block, overrides, calls), tag));

    /// <summary>The calls of an answer.</summary>
    public static List<JsonElement> CallsOf(JsonElement answer) => [.. answer[0].GetProperty("calls").EnumerateArray()];

    /// <summary>The first parameter of eth_simulateV1.</summary>
    public static JsonObject Payload(SimBlock block, JsonObject overrides, JsonArray calls) => new()
    {
        ["blockStateCalls"] = new JsonArray(new JsonObject
        {
            ["blockOverrides"] = new JsonObject
            {
                ["number"] = Hex(block.Number),
                ["time"] = Hex(block.Timestamp),
                ["gasLimit"] = Hex(block.GasLimit),
                ["feeRecipient"] = block.Coinbase.ToString(),
                ["prevRandao"] = block.PrevRandao.ToString(),
                ["baseFeePerGas"] = Hex(block.BaseFee.LowUInt64),
            },
            ["stateOverrides"] = overrides,
            ["calls"] = calls,
        }),
        ["validation"] = true,
    };

    /// <summary>Everything that is compared for one call: status, gas, return data, logs.</summary>
    public static string Line(JsonElement call) =>
        $"{call.GetProperty("status").GetString()} {Convert.ToUInt64(call.GetProperty("gasUsed").GetString(), 16)} {call.GetProperty("returnData").GetString()} " +
        string.Join('|', call.GetProperty("logs").EnumerateArray().Select(log =>
            $"{log.GetProperty("address").GetString()} {string.Join(',', log.GetProperty("topics").EnumerateArray())} {log.GetProperty("data").GetString()}"));

    /// <summary>The same for our result.</summary>
    public static string Line(TxResult transaction) =>
        $"{(transaction.IsSuccess ? "0x1" : "0x0")} {transaction.GasUsed} 0x{Convert.ToHexStringLower(transaction.Output.Span)} " +
        string.Join('|', transaction.Logs.Select(log => $"{log.Address} {string.Join(',', log.Topics)} 0x{Convert.ToHexStringLower(log.Data.Span)}"));

    public static string Hex(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);
}
