using System.Globalization;
using Mempulse.Benchmarks.Ethereum;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Testing.Mainnet;

namespace Mempulse.Benchmarks.Decode;

/// <summary>How fast calls are decoded and their trades read, on one core.</summary>
internal sealed class DecodeSpeed(ContractRegistry registry, IReadOnlyList<IncludedCall> calls)
{
    private const int CallsOfABlock = 256;
    private const int WorstRuns = 2_000;
    private const int WarmUpRuns = 500;

    private static readonly ChainId s_mainnet = new(1);
    private readonly CallDecoder _decoder = new(registry);
    private readonly DecodeTree _tree = new();
    private readonly TradeReader _trades = new();
    private readonly Address? _wrapped = registry.WrappedEther(s_mainnet);
    private int _next;

    /// <summary>Prints rates, delays and what is allocated.</summary>
    public void Print(TextWriter output)
    {
        double rate = Rate.Of(() =>
        {
            for (int i = 0; i < CallsOfABlock; i++, _next++)
            {
                Decode(calls[_next % calls.Count]);
            }

            return CallsOfABlock;
        })[0];
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var call in calls)
        {
            Decode(call);
        }

        double allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)calls.Count;
        Write(output, $"decode and trades, {calls.Count} calls", rate / 1e6, "M/s");
        Write(output, "allocated by the same", allocated, "B/call");
        foreach (var worst in WorstCalls.All)
        {
            double[] times = Times(worst);
            Write(output, $"{worst.Name}, p50", times[WorstRuns / 2], "us");
            Write(output, "  p99", times[WorstRuns * 99 / 100], "us, goal 100");
        }
    }

    /// <summary>Processor time of each run, in ascending order: on a shared machine, wall time includes the work of others.</summary>
    private double[] Times(WorstCall worst)
    {
        var call = new IncludedCall(default, new BlockNumber(ulong.MaxValue), default, worst.Target, 0, worst.Data, null);
        double[] times = new double[WorstRuns];
        for (int i = -WarmUpRuns; i < WorstRuns; i++)
        {
            var start = Environment.CpuUsage.TotalTime;
            Decode(call);
            times[Math.Max(i, 0)] = (Environment.CpuUsage.TotalTime - start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times;
    }

    private void Decode(IncludedCall call)
    {
        _decoder.Decode(
            new CallRequest { Chain = s_mainnet, Block = call.Block, Sender = call.Sender, Target = call.Target, Value = call.Value, Data = call.Data.Span },
            _tree);
        _trades.Read(_tree, _wrapped);
    }

    private static void Write(TextWriter output, string what, double value, string unit) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-56} {value,10:F2} {unit}"));
}
