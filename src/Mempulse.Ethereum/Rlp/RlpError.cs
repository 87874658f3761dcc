namespace Mempulse.Ethereum.Rlp;

/// <summary>Why bytes are not the expected canonical RLP.</summary>
public enum RlpError
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>A header declares more bytes than there are.</summary>
    Truncated,

    /// <summary>The list or the input ended where another item was expected.</summary>
    MissingItem,

    /// <summary>Bytes follow the last item.</summary>
    TrailingBytes,

    /// <summary>A length below 56 in the long form, or a length with a leading zero.</summary>
    NonCanonicalLength,

    /// <summary>A single byte below 0x80 that has a header.</summary>
    NonCanonicalByte,

    /// <summary>A list where a string was expected.</summary>
    UnexpectedList,

    /// <summary>A string where a list was expected.</summary>
    UnexpectedString,

    /// <summary>An integer with a leading zero byte.</summary>
    LeadingZero,

    /// <summary>An integer wider than its field.</summary>
    IntegerTooWide,

    /// <summary>A fixed-length field of another length.</summary>
    WrongLength,
}
