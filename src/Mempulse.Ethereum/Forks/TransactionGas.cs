namespace Mempulse.Ethereum.Forks;

/// <summary>Intrinsic gas of Frontier. Yellow Paper, appendix G (G_transaction, G_txdatazero, G_txdatanonzero).</summary>
public static class TransactionGas
{
    /// <summary>Gas of every transaction.</summary>
    public const ulong Base = 21_000;

    /// <summary>Gas per zero byte of the input.</summary>
    public const ulong ZeroByte = 4;

    /// <summary>Gas per non-zero byte of the input, until EIP-2028.</summary>
    public const ulong NonZeroByteFrontier = 68;
}
