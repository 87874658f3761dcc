namespace Mempulse.Evm.Forks;

/// <summary>EXP cost increase. <see href="https://eips.ethereum.org/EIPS/eip-160"/></summary>
public static class Eip160
{
    /// <summary>Gas per byte of the exponent.</summary>
    public const long ExpByteGas = 50;
}
