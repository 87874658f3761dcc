namespace Mempulse.Ethereum.Forks;

/// <summary>Limit of the account nonce. <see href="https://eips.ethereum.org/EIPS/eip-2681"/></summary>
public static class Eip2681
{
    /// <summary>A transaction's nonce is lower than this, so that the account's next one still fits 64 bits.</summary>
    public const ulong NonceLimit = ulong.MaxValue;
}
