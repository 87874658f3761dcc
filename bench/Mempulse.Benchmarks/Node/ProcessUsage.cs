namespace Mempulse.Benchmarks.Node;

/// <summary>What the process has used since its start, or between two moments.</summary>
/// <param name="ProcessorSeconds">Processor time.</param>
/// <param name="AllocatedBytes">Bytes allocated.</param>
/// <param name="Collections">Collections of each generation.</param>
/// <param name="PauseSeconds">Time that all threads were paused for them.</param>
internal sealed record ProcessUsage(double ProcessorSeconds, long AllocatedBytes, IReadOnlyList<int> Collections, double PauseSeconds)
{
    /// <summary>Since the start.</summary>
    public static ProcessUsage Now() => new(
        Environment.CpuUsage.TotalTime.TotalSeconds,
        GC.GetTotalAllocatedBytes(),
        [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)],
        GC.GetTotalPauseDuration().TotalSeconds);

    /// <summary>Since an earlier moment.</summary>
    public ProcessUsage Since(ProcessUsage before) => new(
        ProcessorSeconds - before.ProcessorSeconds,
        AllocatedBytes - before.AllocatedBytes,
        [.. Collections.Zip(before.Collections, static (now, earlier) => now - earlier)],
        PauseSeconds - before.PauseSeconds);
}
