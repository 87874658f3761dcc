namespace Mempulse.Evm.Forks;

/// <summary>ModExp gas cost increase. <see href="https://eips.ethereum.org/EIPS/eip-7883"/></summary>
public static class Eip7883
{
    /// <summary>The least a call costs.</summary>
    public const long MinGas = 500;

    /// <summary>Operands up to this many bytes have a complexity of their own.</summary>
    public const int SmallOperandBytes = 32;

    /// <summary>The complexity of small operands.</summary>
    public const long SmallComplexity = 16;

    /// <summary>What each byte of an exponent beyond the first word counts in iterations.</summary>
    public const long LongExponentMultiplier = 16;
}
