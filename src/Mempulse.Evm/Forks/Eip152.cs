namespace Mempulse.Evm.Forks;

/// <summary>BLAKE2 compression function. <see href="https://eips.ethereum.org/EIPS/eip-152"/></summary>
public static class Eip152
{
    /// <summary>Gas per round.</summary>
    public const long RoundGas = 1;
}
