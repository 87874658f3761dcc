namespace Mempulse.Evm.Forks;

/// <summary>Precompile for BLS12-381 curve operations. <see href="https://eips.ethereum.org/EIPS/eip-2537"/></summary>
public static class Eip2537
{
    /// <summary>Gas of G1ADD.</summary>
    public const long G1AddGas = 375;

    /// <summary>Gas per pair of G1MSM, before the discount.</summary>
    public const long G1MulGas = 12_000;

    /// <summary>Gas of G2ADD.</summary>
    public const long G2AddGas = 600;

    /// <summary>Gas per pair of G2MSM, before the discount.</summary>
    public const long G2MulGas = 22_500;

    /// <summary>Base gas of a pairing check.</summary>
    public const long PairingBaseGas = 37_700;

    /// <summary>Gas per pair of a pairing check.</summary>
    public const long PairingPairGas = 32_600;

    /// <summary>Gas of MAP_FP_TO_G1.</summary>
    public const long MapG1Gas = 5_500;

    /// <summary>Gas of MAP_FP2_TO_G2.</summary>
    public const long MapG2Gas = 23_800;

    /// <summary>Divisor of the MSM discounts, which are in thousandths.</summary>
    public const long DiscountUnit = 1_000;
}
