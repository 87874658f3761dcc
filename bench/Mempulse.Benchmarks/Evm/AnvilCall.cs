using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Evm;

/// <summary>The same call in anvil, by eth_call on code put there.</summary>
internal sealed class AnvilCall(AnvilNode node, byte[] code)
{
    private readonly string _address = string.Create(CultureInfo.InvariantCulture, $"0x{Convert.ToHexString(code).GetHashCode(StringComparison.Ordinal) & int.MaxValue:x40}");
    private bool _isSet;

    /// <summary>What the last call gave.</summary>
    public byte[] Output { get; private set; } = [];

    /// <summary>Time of one call with the way there and back.</summary>
    public async Task<double> SecondsAsync()
    {
        if (!_isSet)
        {
            await node.CallAsync("anvil_setCode", default, _address, "0x" + Convert.ToHexString(code));
            _isSet = true;
        }

        var call = new JsonObject { ["from"] = LocalCall.Sender.ToString(), ["to"] = _address, ["gas"] = "0x" + LocalCall.GasLimit.ToString("x", CultureInfo.InvariantCulture) };
        long begun = Stopwatch.GetTimestamp();
        var answer = await node.CallAsync("eth_call", default, call, "latest");
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Output = Convert.FromHexString(answer.GetString()!.AsSpan(2));
        return seconds;
    }
}
