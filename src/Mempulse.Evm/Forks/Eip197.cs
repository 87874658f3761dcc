namespace Mempulse.Evm.Forks;

/// <summary>Precompile for the pairing check on alt_bn128. <see href="https://eips.ethereum.org/EIPS/eip-197"/></summary>
public static class Eip197
{
    /// <summary>Base gas of a pairing check.</summary>
    public const long PairingBaseGas = 100_000;

    /// <summary>Gas per pair of a pairing check.</summary>
    public const long PairingPairGas = 80_000;
}
