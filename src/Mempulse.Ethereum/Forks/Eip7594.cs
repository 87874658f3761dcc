namespace Mempulse.Ethereum.Forks;

/// <summary>PeerDAS: the network form of a blob transaction has a proof for each cell. <see href="https://eips.ethereum.org/EIPS/eip-7594"/></summary>
public static class Eip7594
{
    /// <summary>The wrapper version, which precedes the blobs.</summary>
    public const byte WrapperVersion = 1;

    /// <summary>CELLS_PER_EXT_BLOB: number of cells in an extended blob, each with a proof.</summary>
    public const int CellsPerExtBlob = 128;

    /// <summary>Largest number of blobs in a transaction, inclusive.</summary>
    public const int MaxBlobsPerTransaction = 6;
}
