using System.Diagnostics;
using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Evm;

/// <summary>The time of one transaction, from its fields to its outcome, on a state in memory with warm tables.</summary>
internal static class LatencyFigures
{
    private const int Runs = 20_000;
    private const int WarmRuns = 5_000;
    private const double SwapGoalMicroseconds = 150;
    private const double TransferGoalMicroseconds = 3;

    /// <summary>Prints p50, p95, p99 and allocated bytes for a swap through the router and a plain transfer.</summary>
    public static async Task PrintAsync(TextWriter output, UniswapScene scene)
    {
        byte[] swap = scene.Swap(scene.Owner);
        var state = await scene.StateAsync(scene.Owner, scene.Router, swap);
        ulong nonce = await scene.OwnerNonceAsync();
        Print(output, "a swap through router and pair", SwapGoalMicroseconds, new LocalCall(state, scene.Router) { Sender = scene.Owner, Nonce = nonce, Input = swap }, 1_000_000);
        var stranger = Address.Parse("0x00000000000000000000000000000000000a11ce");
        Print(output, "a plain transfer of ether", TransferGoalMicroseconds, new LocalCall(state, stranger) { Sender = scene.Owner, Nonce = nonce, Value = UInt256.One }, 21_000);
    }

    private static void Print(TextWriter output, string what, double goal, LocalCall call, ulong gas)
    {
        var times = new double[Runs];
        long allocated = 0;
        for (int run = -WarmRuns; run < Runs; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long begun = Stopwatch.GetTimestamp();
            call.Run(gas);
            double time = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            times[Math.Max(run, 0)] = time;
        }

        if (!call.IsSuccess)
        {
            throw new InvalidDataException($"{what} did not succeed.");
        }

        Array.Sort(times);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what,-32} {call.GasUsed,7:N0} gas   p50 {times[Runs / 2],6:F2}  p95 {times[Runs * 95 / 100],6:F2}  p99 {times[Runs * 99 / 100],6:F2} us, goal {goal} for p95   {allocated} B allocated"));
    }
}
