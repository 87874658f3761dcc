namespace Mempulse.Evm.Forks;

/// <summary>Precompiles for addition and scalar multiplication on alt_bn128. <see href="https://eips.ethereum.org/EIPS/eip-196"/></summary>
public static class Eip196
{
    /// <summary>Gas of ECADD.</summary>
    public const long AddGas = 500;

    /// <summary>Gas of ECMUL.</summary>
    public const long MulGas = 40_000;
}
