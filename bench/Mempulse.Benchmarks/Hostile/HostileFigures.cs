using System.Globalization;
using Mempulse.Primitives;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Hostile;

/// <summary>Runs both lanes beside a faulty node, one fault at a time, and prints what was recorded. Needs anvil.</summary>
internal sealed class HostileFigures : IFigures
{
    private const double Mebibyte = 1 << 20;

    /// <inheritdoc/>
    public string Area => "hostile";

    /// <inheritdoc/>
    public void Print(TextWriter output) => PrintAsync(output).GetAwaiter().GetResult();

    private static async Task PrintAsync(TextWriter output)
    {
        await using var anvil = await AnvilNode.StartAsync(default).ConfigureAwait(false);
        await anvil.CallAsync("evm_mine", default).ConfigureAwait(false);
        await output.WriteLineAsync("hostile: a faulty and an honest source in both lanes; 60 transactions in 3 blocks per line. Memory includes the faulty node's.").ConfigureAwait(false);
        await output.WriteLineAsync($"  {"the node's fault",-64} {"untrue",6} {"lost",5} {"drops",7} {"unknown",7} {"honest",7} {"peak MiB",9} {"kept MiB",9}").ConfigureAwait(false);
        var everSent = new HashSet<Hash256>();
        foreach (var fault in NodeFaults.All)
        {
            var result = await new FaultRun(fault, anvil, everSent).RunAsync().ConfigureAwait(false);
            string name = fault.Name.Length <= 64 ? fault.Name : fault.Name[..64];
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-64} {result.Untrue,6} {result.Lost,5} {result.Drops,7} {result.Unknown,7} {(result.IsHonestUnaffected ? "ok" : "LOST"),7} {result.PeakBytes / Mebibyte,9:F0} {result.KeptBytes / Mebibyte,9:F1}")).ConfigureAwait(false);
        }

        await ProofFields.PrintAsync(output, anvil).ConfigureAwait(false);
    }
}
