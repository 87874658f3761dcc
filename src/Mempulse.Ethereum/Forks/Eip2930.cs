namespace Mempulse.Ethereum.Forks;

/// <summary>Optional access lists, Berlin. <see href="https://eips.ethereum.org/EIPS/eip-2930"/></summary>
public static class Eip2930
{
    /// <summary>ACCESS_LIST_ADDRESS_COST: gas per listed account.</summary>
    public const ulong AccessListAddressCost = 2_400;

    /// <summary>ACCESS_LIST_STORAGE_KEY_COST: gas per listed slot.</summary>
    public const ulong AccessListStorageKeyCost = 1_900;
}
