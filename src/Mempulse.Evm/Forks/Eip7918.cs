namespace Mempulse.Evm.Forks;

/// <summary>Blob base fee bounded by execution cost. <see href="https://eips.ethereum.org/EIPS/eip-7918"/></summary>
public static class Eip7918
{
    /// <summary>BLOB_BASE_COST: execution gas that sets the reserve price of a blob.</summary>
    public const ulong BlobBaseCost = 1 << 13;
}
