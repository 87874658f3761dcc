namespace Mempulse.Ethereum.Forks;

/// <summary>Set code for accounts. <see href="https://eips.ethereum.org/EIPS/eip-7702"/></summary>
public static class Eip7702
{
    /// <summary>MAGIC: stands before the signed tuple.</summary>
    public const byte Magic = 0x05;

    /// <summary>PER_EMPTY_ACCOUNT_COST: intrinsic gas of each tuple.</summary>
    public const ulong PerEmptyAccountCost = 25_000;

    /// <summary>PER_AUTH_BASE_COST: what a tuple costs in the end where the account exists already.</summary>
    public const ulong PerAuthBaseCost = 12_500;
}
