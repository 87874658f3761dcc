using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Benchmarks.Ethereum;

namespace Mempulse.Benchmarks.Evm;

/// <summary>@ethereumjs/evm in a Node.js process; ./test.sh installs it into .tools.</summary>
internal static class EthereumJs
{
    private const string Script = "bench/Mempulse.Benchmarks/Evm/ethereumjs.mjs";
    private const string Library = ".tools/node_modules/@ethereumjs/evm/package.json";

    /// <summary>Runs the call several times and returns the best time.</summary>
    public static async Task<(double Seconds, ulong Gas, byte[] Output)> RunAsync(Workload workload, int rounds)
    {
        string modules = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(RealTransactions.Find(Library))))!;
        using var process = Process.Start(new ProcessStartInfo("node", [RealTransactions.Find(Script), modules]) { RedirectStandardInput = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("node did not start.");
        var order = new JsonObject
        {
            ["accounts"] = workload.State.ToJson(),
            ["caller"] = Workload.Sender.ToString(),
            ["to"] = workload.Recipient.ToString(),
            ["data"] = "0x" + Convert.ToHexStringLower(workload.Input.Span),
            ["gas"] = LocalCall.GasLimit,
            ["rounds"] = rounds,
        };
        await process.StandardInput.WriteAsync(order.ToJsonString());
        process.StandardInput.Close();
        using var answer = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (answer.RootElement.GetProperty("seconds").GetDouble(), answer.RootElement.GetProperty("gas").GetUInt64(),
            Convert.FromHexString(answer.RootElement.GetProperty("output").GetString()!.AsSpan(2)));
    }
}
