namespace Mempulse.Ethereum.Forks;

/// <summary>Set code for accounts. <see href="https://eips.ethereum.org/EIPS/eip-7702"/></summary>
public static class Eip7702
{
    /// <summary>MAGIC: the byte that precedes the tuple in what is signed.</summary>
    public const byte Magic = 0x05;

    /// <summary>PER_EMPTY_ACCOUNT_COST: intrinsic gas per tuple.</summary>
    public const ulong PerEmptyAccountCost = 25_000;

    /// <summary>PER_AUTH_BASE_COST: net gas of a tuple whose account exists already; the rest is refunded.</summary>
    public const ulong PerAuthBaseCost = 12_500;
}
