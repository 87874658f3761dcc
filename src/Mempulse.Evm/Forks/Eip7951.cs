namespace Mempulse.Evm.Forks;

/// <summary>Precompile for secp256r1 curve support. <see href="https://eips.ethereum.org/EIPS/eip-7951"/></summary>
public static class Eip7951
{
    /// <summary>Gas of P256VERIFY.</summary>
    public const long VerifyGas = 6_900;
}
