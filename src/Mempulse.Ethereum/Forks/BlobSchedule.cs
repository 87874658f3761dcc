namespace Mempulse.Ethereum.Forks;

/// <summary>The blob parameters of a fork. <see href="https://eips.ethereum.org/EIPS/eip-7840"/></summary>
/// <param name="Target">Target number of blobs per block, at which the fee stays constant.</param>
/// <param name="Max">Maximum number of blobs per block, inclusive.</param>
/// <param name="UpdateFraction">BLOB_BASE_FEE_UPDATE_FRACTION.</param>
public sealed record BlobSchedule(int Target, int Max, ulong UpdateFraction)
{
    /// <summary>Forks before blobs.</summary>
    public static BlobSchedule None { get; } = new(0, 0, 1);

    /// <summary>EIP-4844.</summary>
    public static BlobSchedule Cancun { get; } = new(3, 6, 3_338_477);

    /// <summary>EIP-7691.</summary>
    public static BlobSchedule Prague { get; } = new(6, 9, 5_007_716);

    /// <summary>The first blob-parameter-only fork of mainnet (EIP-7892).</summary>
    public static BlobSchedule Bpo1 { get; } = new(10, 15, 8_346_193);

    /// <summary>The second blob-parameter-only fork of mainnet (EIP-7892).</summary>
    public static BlobSchedule Bpo2 { get; } = new(14, 21, 11_684_671);

    /// <summary>The parameters of a fork.</summary>
    public static BlobSchedule Of(Fork fork) => fork switch
    {
        < Fork.Cancun => None,
        < Fork.Prague => Cancun,
        < Fork.Bpo1 => Prague,
        < Fork.Bpo2 => Bpo1,
        _ => Bpo2,
    };
}
