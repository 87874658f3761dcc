using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.NonceChains;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Tests.NonceChains;

public sealed class FeeBumpTests
{
    [Fact]
    public void No_fee_is_too_large_to_compare()
    {
        var largest = new TxFees(UInt256.MaxValue, UInt256.MaxValue, UInt256.MaxValue);
        var small = new TxFees(100, 10, 1);
        var parameters = new FoldParameters { FeeBumpPercent = uint.MaxValue, BlobFeeBumpPercent = uint.MaxValue };

        Assert.True(FeeBump.Outbids(small, TxType.Blob, largest, TxType.Blob, parameters));
        Assert.False(FeeBump.Outbids(largest, TxType.Blob, small, TxType.Blob, parameters));
        Assert.False(FeeBump.Outbids(largest, TxType.DynamicFee, largest, TxType.DynamicFee, parameters));
    }

    [Fact]
    public void A_zero_tip_may_replace_a_zero_tip() =>
        Assert.True(FeeBump.Outbids(new TxFees(100, 0, 0), TxType.DynamicFee, new TxFees(110, 0, 0), TxType.DynamicFee, new FoldParameters()));

    [Fact]
    public void The_blob_percentage_applies_when_either_side_has_blobs()
    {
        var newcomer = new TxFees(150, 15, 0);

        Assert.False(FeeBump.Outbids(new TxFees(100, 10, 1), TxType.Blob, newcomer, TxType.DynamicFee, new FoldParameters()));
        Assert.False(FeeBump.Outbids(new TxFees(100, 10, 0), TxType.DynamicFee, newcomer, TxType.Blob, new FoldParameters()));
        Assert.True(FeeBump.Outbids(new TxFees(100, 10, 0), TxType.DynamicFee, newcomer, TxType.DynamicFee, new FoldParameters()));
    }
}
