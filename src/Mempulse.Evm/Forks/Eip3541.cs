namespace Mempulse.Evm.Forks;

/// <summary>Reject new contract code starting with the 0xEF byte. <see href="https://eips.ethereum.org/EIPS/eip-3541"/></summary>
public static class Eip3541
{
    /// <summary>First byte that new code must not have.</summary>
    public const byte ReservedPrefix = 0xef;
}
