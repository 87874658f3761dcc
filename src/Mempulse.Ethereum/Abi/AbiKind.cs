namespace Mempulse.Ethereum.Abi;

/// <summary>The kinds of ABI types.</summary>
/// <remarks>Source: <see href="https://docs.soliditylang.org/en/latest/abi-spec.html#types">Solidity ABI, Types</see>.</remarks>
public enum AbiKind
{
    /// <summary><c>uintN</c>, N bits.</summary>
    UnsignedInteger = 0,

    /// <summary><c>intN</c>, N bits, two's complement.</summary>
    SignedInteger,

    /// <summary><c>address</c>.</summary>
    Address,

    /// <summary><c>bool</c>.</summary>
    Bool,

    /// <summary><c>bytesN</c>, and <c>function</c> as 24 bytes.</summary>
    FixedBytes,

    /// <summary><c>bytes</c>.</summary>
    Bytes,

    /// <summary><c>string</c>.</summary>
    Text,

    /// <summary><c>T[]</c> or <c>T[k]</c>.</summary>
    Array,

    /// <summary>A tuple: a struct, or the arguments of a function.</summary>
    Tuple,
}
