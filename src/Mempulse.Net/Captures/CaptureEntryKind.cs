namespace Mempulse.Net.Captures;

/// <summary>The kind of a capture's entry. The number is on disk.</summary>
public enum CaptureEntryKind
{
    /// <summary>No entry; never written.</summary>
    None = 0,

    /// <summary>A source announced a transaction's hash.</summary>
    Sighting = 1,

    /// <summary>A source delivered a transaction's body, in the bytes as sent.</summary>
    Body = 2,

    /// <summary>Any other fact (a block, a reorg, a gap, a source connected or lost), as an encoded record.</summary>
    Fact = 3,
}
