namespace Mempulse.Ethereum.Forks;

/// <summary>Homestead hard-fork changes. <see href="https://eips.ethereum.org/EIPS/eip-2"/></summary>
public static class Eip2
{
    /// <summary>Extra intrinsic gas of a transaction that creates a contract.</summary>
    public const ulong CreationGas = 53_000 - TransactionGas.Base;
}
