namespace Mempulse.Evm.Forks;

/// <summary>Precompile for BLS12-381 curve operations. <see href="https://eips.ethereum.org/EIPS/eip-2537"/></summary>
public static class Eip2537
{
    /// <summary>Gas of an addition in G1.</summary>
    public const long G1AddGas = 375;

    /// <summary>Gas of a multiplication in G1, before the discount.</summary>
    public const long G1MulGas = 12_000;

    /// <summary>Gas of an addition in G2.</summary>
    public const long G2AddGas = 600;

    /// <summary>Gas of a multiplication in G2, before the discount.</summary>
    public const long G2MulGas = 22_500;

    /// <summary>Gas of a pairing check without pairs.</summary>
    public const long PairingBaseGas = 37_700;

    /// <summary>Gas of each pair.</summary>
    public const long PairingPairGas = 32_600;

    /// <summary>Gas of mapping a field element to G1.</summary>
    public const long MapG1Gas = 5_500;

    /// <summary>Gas of mapping a field element to G2.</summary>
    public const long MapG2Gas = 23_800;

    /// <summary>Discounts are in parts of this.</summary>
    public const long DiscountUnit = 1_000;
}
