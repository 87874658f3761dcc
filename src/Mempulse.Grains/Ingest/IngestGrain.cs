using Mempulse.Grains.Abstractions.Ingest;
namespace Mempulse.Grains.Ingest;

/// <summary>Remembers what each ingest host last said. A cache for people: losing it loses nothing.</summary>
[GrainType("mempulse.ingest")]
internal sealed class IngestGrain(TimeProvider time) : Grain, IIngestGrain
{
    /// <summary>Hosts that are silent for longer are forgotten.</summary>
    private static readonly TimeSpan _memory = TimeSpan.FromMinutes(1);

    /// <summary>Most hosts of one chain; a later one takes the place of the one silent longest.</summary>
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
        long oldest = Clock.Now(time).Value - (_memory.Ticks * 100);
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
