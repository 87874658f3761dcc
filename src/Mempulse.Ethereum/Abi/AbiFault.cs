namespace Mempulse.Ethereum.Abi;

/// <summary>Why bytes are not an encoding of their type.</summary>
public enum AbiFault
{
    /// <summary>No fault.</summary>
    None = 0,

    /// <summary>The bytes end before the value does.</summary>
    Truncated,

    /// <summary>An offset points outside of the bytes.</summary>
    OffsetOutOfRange,

    /// <summary>A length is larger than the bytes that follow it.</summary>
    LengthOutOfRange,

    /// <summary>The encoding has more parts than may be read.</summary>
    TooManyParts,

    /// <summary>A word does not fit its type: an address of more than 20 bytes, a bool other than 0 and 1.</summary>
    ValueOutOfRange,

    /// <summary>A tail does not follow the one before it, padding is not zero, or bytes follow the last tail.</summary>
    NotCanonical,
}
