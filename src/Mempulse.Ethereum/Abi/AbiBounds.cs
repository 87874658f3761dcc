namespace Mempulse.Ethereum.Abi;

/// <summary>What a signature and an encoding may demand of the code that reads them.</summary>
public static class AbiBounds
{
    /// <summary>Characters of a signature.</summary>
    public const int MaxSignatureLength = 4_096;

    /// <summary>Arrays and tuples inside one another.</summary>
    public const int MaxDepth = 8;

    /// <summary>Elements of a fixed array.</summary>
    public const int MaxFixedCount = 1_024;
}
