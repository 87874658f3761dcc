namespace Mempulse.Ethereum.Forks;

/// <summary>PeerDAS: blobs travel with a proof for each cell. <see href="https://eips.ethereum.org/EIPS/eip-7594"/></summary>
public static class Eip7594
{
    /// <summary>The wrapper version that stands before the blobs.</summary>
    public const byte WrapperVersion = 1;

    /// <summary>Cells of an extended blob, each with a proof.</summary>
    public const int CellsPerExtBlob = 128;

    /// <summary>Most blobs of one transaction.</summary>
    public const int MaxBlobsPerTransaction = 6;
}
