namespace Mempulse.Evm.Forks;

/// <summary>How many blobs a block takes and how fast their fee moves. <see href="https://eips.ethereum.org/EIPS/eip-7840"/></summary>
/// <param name="Target">Blobs at which the fee stays.</param>
/// <param name="Max">Most blobs of a block.</param>
/// <param name="UpdateFraction">BLOB_BASE_FEE_UPDATE_FRACTION.</param>
public sealed record BlobSchedule(int Target, int Max, ulong UpdateFraction)
{
    /// <summary>Before blobs.</summary>
    public static BlobSchedule None { get; } = new(0, 0, 1);

    /// <summary>EIP-4844.</summary>
    public static BlobSchedule Cancun { get; } = new(3, 6, 3_338_477);

    /// <summary>EIP-7691.</summary>
    public static BlobSchedule Prague { get; } = new(6, 9, 5_007_716);

    /// <summary>EIP-7892, mainnet's first parameter fork.</summary>
    public static BlobSchedule Bpo1 { get; } = new(10, 15, 8_346_193);

    /// <summary>EIP-7892, mainnet's second parameter fork.</summary>
    public static BlobSchedule Bpo2 { get; } = new(14, 21, 11_684_671);
}
