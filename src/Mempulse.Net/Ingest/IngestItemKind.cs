namespace Mempulse.Net.Ingest;

/// <summary>The kinds of items that a lane posts to its pipeline.</summary>
public enum IngestItemKind
{
    /// <summary>A source announced a hash.</summary>
    Sighting = 0,

    /// <summary>The raw bytes of a transaction, to be verified and recorded.</summary>
    Body = 1,

    /// <summary>A fact that is recorded as it is: a block, a lost source.</summary>
    Fact = 2,
}
