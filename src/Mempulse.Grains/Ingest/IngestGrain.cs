using Mempulse.Folding;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Primitives;
namespace Mempulse.Grains.Ingest;

/// <summary>Keeps the latest report of each ingest host in memory. The reports are for people, and losing them does no harm.</summary>
[GrainType("mempulse.ingest")]
internal sealed class IngestGrain(TimeProvider time) : Grain, IIngestGrain
{
    /// <summary>A host that has not reported for this long is forgotten.</summary>
    private static readonly TimeSpan _memory = TimeSpan.FromMinutes(1);

    /// <summary>The maximum number of hosts; a further one evicts the one with the oldest report.</summary>
    private const int MaxHosts = 64;

    private readonly SortedDictionary<string, IngestReport> _byHost = new(StringComparer.Ordinal);

    public ValueTask Report(IngestReport report)
    {
        _byHost[report.Host] = report;
        Forget();
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<IngestReport>> Read()
    {
        Forget();
        return ValueTask.FromResult<IReadOnlyList<IngestReport>>([.. _byHost.Values]);
    }

    private void Forget()
    {
        long oldest = RecordClock.Now(time).Value - (_memory.Ticks * UnixNanoseconds.NanosecondsPerTick);
        foreach (var silent in _byHost.Values.Where(report => report.Time.Value < oldest).ToList())
        {
            _byHost.Remove(silent.Host);
        }

        while (_byHost.Count > MaxHosts)
        {
            _byHost.Remove(_byHost.Values.MinBy(report => report.Time)!.Host);
        }
    }
}
