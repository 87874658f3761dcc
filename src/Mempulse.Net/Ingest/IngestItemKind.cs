namespace Mempulse.Net.Ingest;

/// <summary>What a lane hands to its pipeline.</summary>
public enum IngestItemKind
{
    /// <summary>A source showed a hash.</summary>
    Sighting = 0,

    /// <summary>The raw bytes of a transaction, to be decoded.</summary>
    Body = 1,

    /// <summary>A fact that is recorded as it is: a block, a lost source.</summary>
    Fact = 2,
}
