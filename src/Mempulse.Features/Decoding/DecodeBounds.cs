namespace Mempulse.Features.Decoding;

/// <summary>What one transaction may demand of the decoder.</summary>
public static class DecodeBounds
{
    /// <summary>Calls inside one another.</summary>
    public const int MaxDepth = 8;

    /// <summary>Calls and commands of a transaction.</summary>
    public const int MaxNodes = 1_024;

    /// <summary>Values, arrays and tuples that are checked in a transaction. Calls may share bytes, so that a small transaction could ask for billions.</summary>
    public const int MaxParts = 32_768;

    /// <summary>Bytes of calldata.</summary>
    public const int MaxCalldataBytes = 128 << 10;
}
