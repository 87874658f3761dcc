using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Placement;

namespace Mempulse.Grains.Ingest;

/// <summary>Keeps the latest report of each ingest host in memory. The reports are for people, and losing them does no harm.</summary>
[GrainType("mempulse.ingest"), BesideLog]
internal sealed class IngestGrain(TimeProvider time) : Grain, IIngestGrain
{
    /// <summary>A host that has not reported for this long is forgotten.</summary>
    private static readonly TimeSpan _memory = TimeSpan.FromMinutes(1);

    /// <summary>The maximum number of hosts; a further one evicts the one with the oldest report.</summary>
    private const int MaxHosts = 64;

    private readonly SortedDictionary<string, (IngestReport Report, long Arrived)> _byHost = new(StringComparer.Ordinal);

    public ValueTask Report(IngestReport report)
    {
        _byHost[report.Host] = (report, time.GetTimestamp());
        Forget();
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<IngestReport>> Read()
    {
        Forget();
        return ValueTask.FromResult<IReadOnlyList<IngestReport>>([.. _byHost.Values.Select(static known => known.Report)]);
    }

    /// <summary>Goes by when reports arrived, on the monotonic clock: the hosts' clocks differ, and this one may be set.</summary>
    private void Forget()
    {
        foreach (var (host, _) in _byHost.Where(known => time.GetElapsedTime(known.Value.Arrived) > _memory).ToList())
        {
            _byHost.Remove(host);
        }

        while (_byHost.Count > MaxHosts)
        {
            _byHost.Remove(_byHost.MinBy(static known => known.Value.Arrived).Key);
        }
    }
}
