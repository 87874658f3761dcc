namespace Mempulse.Ethereum.Rlp;

/// <summary>Why bytes are not the canonical RLP that was asked for.</summary>
public enum RlpError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>A header promises more bytes than there are.</summary>
    Truncated,

    /// <summary>The list, or the input, ended where another item was due.</summary>
    MissingItem,

    /// <summary>Bytes are left after the last item.</summary>
    TrailingBytes,

    /// <summary>A length of less than 56 in the long form, or one with a leading zero.</summary>
    NonCanonicalLength,

    /// <summary>A single byte under 0x80 with a header of its own.</summary>
    NonCanonicalByte,

    /// <summary>A list where a string was due.</summary>
    UnexpectedList,

    /// <summary>A string where a list was due.</summary>
    UnexpectedString,

    /// <summary>An integer with a leading zero byte.</summary>
    LeadingZero,

    /// <summary>An integer wider than its field.</summary>
    IntegerTooWide,

    /// <summary>A fixed-length field of another length.</summary>
    WrongLength,
}
