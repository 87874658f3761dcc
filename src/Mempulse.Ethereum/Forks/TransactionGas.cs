namespace Mempulse.Ethereum.Forks;

/// <summary>Intrinsic gas of Frontier. Yellow Paper, appendix G (G_transaction, G_txdatazero, G_txdatanonzero).</summary>
public static class TransactionGas
{
    /// <summary>Every transaction.</summary>
    public const ulong Base = 21_000;

    /// <summary>Each zero byte of the input.</summary>
    public const ulong ZeroByte = 4;

    /// <summary>Each other byte of the input, until EIP-2028.</summary>
    public const ulong NonZeroByteFrontier = 68;
}
