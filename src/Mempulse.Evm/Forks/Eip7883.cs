namespace Mempulse.Evm.Forks;

/// <summary>ModExp gas cost increase. <see href="https://eips.ethereum.org/EIPS/eip-7883"/></summary>
public static class Eip7883
{
    /// <summary>Minimum gas.</summary>
    public const long MinGas = 500;

    /// <summary>Base and modulus up to this length in bytes have <see cref="SmallComplexity"/>.</summary>
    public const int SmallOperandBytes = 32;

    /// <summary>Multiplication complexity of small operands.</summary>
    public const long SmallComplexity = 16;

    /// <summary>Iterations per byte of the exponent beyond the first 32.</summary>
    public const long LongExponentMultiplier = 16;
}
