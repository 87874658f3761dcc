namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>What the ingest hosts of a chain last said of themselves. Its key is the chain id.</summary>
[Alias("mempulse.IIngestGrain")]
public interface IIngestGrain : IGrainWithStringKey
{
    /// <summary>Takes the report of one host, in place of its last one.</summary>
    [Alias("Report")]
    ValueTask Report([Immutable] IngestReport report);

    /// <summary>The reports of all hosts that spoke up lately.</summary>
    [Alias("Read")]
    ValueTask<IReadOnlyList<IngestReport>> Read();
}
