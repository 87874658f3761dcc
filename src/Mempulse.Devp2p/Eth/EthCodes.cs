namespace Mempulse.Devp2p.Eth;

/// <summary>Message ids of eth, relative to the protocol's offset.</summary>
internal static class EthCodes
{
    public const int Status = 0x00;
    public const int NewBlockHashes = 0x01;
    public const int Transactions = 0x02;
    public const int GetBlockHeaders = 0x03;
    public const int BlockHeaders = 0x04;
    public const int GetBlockBodies = 0x05;
    public const int BlockBodies = 0x06;
    public const int NewBlock = 0x07;
    public const int NewPooledTransactionHashes = 0x08;
    public const int GetPooledTransactions = 0x09;
    public const int PooledTransactions = 0x0a;
    public const int GetReceipts = 0x0f;
    public const int Receipts = 0x10;

    /// <summary>Since eth/69.</summary>
    public const int BlockRangeUpdate = 0x11;
}
