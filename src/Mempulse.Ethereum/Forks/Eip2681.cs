namespace Mempulse.Ethereum.Forks;

/// <summary>Limit account nonce. <see href="https://eips.ethereum.org/EIPS/eip-2681"/></summary>
public static class Eip2681
{
    /// <summary>Upper bound on a transaction's nonce, exclusive, so that the account's next nonce still fits 64 bits.</summary>
    public const ulong NonceLimit = ulong.MaxValue;
}
