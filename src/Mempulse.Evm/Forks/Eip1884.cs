namespace Mempulse.Evm.Forks;

/// <summary>Repricing for trie-size-dependent opcodes. <see href="https://eips.ethereum.org/EIPS/eip-1884"/></summary>
public static class Eip1884
{
    /// <summary>Gas of SLOAD.</summary>
    public const long SloadGas = 800;

    /// <summary>Gas of BALANCE.</summary>
    public const long BalanceGas = 700;

    /// <summary>Gas of EXTCODEHASH.</summary>
    public const long ExtCodeHashGas = 700;

    /// <summary>Gas of SELFBALANCE.</summary>
    public const long SelfBalanceGas = 5;
}
