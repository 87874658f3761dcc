namespace Mempulse.Primitives.Events;

/// <summary>Which parts of a block are recorded as a node claims them, because nothing here can verify them. The number is on disk.</summary>
[Flags]
public enum UnverifiedParts
{
    /// <summary>All is verified: the header has the block's hash, and the transactions have the header's root.</summary>
    None = 0,

    /// <summary>The transactions: one cannot be read, and no source returns its bytes.</summary>
    Transactions = 1,

    /// <summary>The header: it has fields that are unknown here, and no source returns its bytes.</summary>
    Header = 2,
}
