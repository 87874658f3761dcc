using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Mempulse.Primitives;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Evm;

/// <summary>The same call in anvil, by eth_call.</summary>
internal sealed class AnvilCall(AnvilNode node, Address recipient, ReadOnlyMemory<byte> input)
{
    /// <summary>Output of the last call.</summary>
    public byte[] Output { get; private set; } = [];

    /// <summary>Sets the accounts of a state in the node.</summary>
    public static async Task SetAsync(AnvilNode node, CallState state)
    {
        foreach (var (address, account) in state.ToJson())
        {
            await node.CallAsync("anvil_setCode", default, address, account!["code"]!.DeepClone());
            await node.CallAsync("anvil_setBalance", default, address, account["balance"]!.DeepClone());
            foreach (var (slot, value) in account["storage"]!.AsObject())
            {
                await node.CallAsync("anvil_setStorageAt", default, address, slot, value!.DeepClone());
            }
        }
    }

    /// <summary>Time of one call, including the round trip.</summary>
    public async Task<double> SecondsAsync()
    {
        var call = new JsonObject
        {
            ["from"] = Workload.Sender.ToString(),
            ["to"] = recipient.ToString(),
            ["gas"] = "0x" + LocalCall.GasLimit.ToString("x", CultureInfo.InvariantCulture),
            ["data"] = "0x" + Convert.ToHexStringLower(input.Span),
        };
        long begun = Stopwatch.GetTimestamp();
        var answer = await node.CallAsync("eth_call", default, call, "latest");
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Output = Convert.FromHexString(answer.GetString()!.AsSpan(2));
        return seconds;
    }
}
