namespace Mempulse.Evm.Forks;

/// <summary>Set upper bounds for ModExp. <see href="https://eips.ethereum.org/EIPS/eip-7823"/></summary>
public static class Eip7823
{
    /// <summary>Maximum length of base, exponent and modulus in bytes, inclusive.</summary>
    public const int MaxOperandBytes = 1_024;
}
