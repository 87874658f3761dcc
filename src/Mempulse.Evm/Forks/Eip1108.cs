namespace Mempulse.Evm.Forks;

/// <summary>Reduced alt_bn128 precompile gas costs. <see href="https://eips.ethereum.org/EIPS/eip-1108"/></summary>
public static class Eip1108
{
    /// <summary>Gas of ECADD.</summary>
    public const long AddGas = 150;

    /// <summary>Gas of ECMUL.</summary>
    public const long MulGas = 6_000;

    /// <summary>Base gas of a pairing check.</summary>
    public const long PairingBaseGas = 45_000;

    /// <summary>Gas per pair of a pairing check.</summary>
    public const long PairingPairGas = 34_000;
}
