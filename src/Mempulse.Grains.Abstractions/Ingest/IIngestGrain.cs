namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>Holds the latest report of each ingest host of a chain. Its key is the chain id.</summary>
[Alias("mempulse.IIngestGrain")]
public interface IIngestGrain : IGrainWithStringKey
{
    /// <summary>Stores a host's report in place of its previous one.</summary>
    [Alias("Report")]
    ValueTask Report([Immutable] IngestReport report);

    /// <summary>Returns the reports of all hosts that have reported recently.</summary>
    [Alias("Read")]
    ValueTask<IReadOnlyList<IngestReport>> Read();
}
