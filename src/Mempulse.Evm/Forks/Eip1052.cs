namespace Mempulse.Evm.Forks;

/// <summary>EXTCODEHASH. <see href="https://eips.ethereum.org/EIPS/eip-1052"/></summary>
public static class Eip1052
{
    /// <summary>Gas of EXTCODEHASH.</summary>
    public const long ExtCodeHashGas = 400;
}
