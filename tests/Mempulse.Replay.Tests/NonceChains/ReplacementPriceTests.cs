using CsCheck;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.NonceChains;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Tests.NonceChains;

/// <summary>The least bid replaces, and one wei less does not.</summary>
public sealed class ReplacementPriceTests
{
    [Fact]
    public void The_least_bid_outbids_and_one_wei_less_does_not() =>
        Gen.Select(Gen.ULong, Gen.UInt[0, 200], Gen.Bool, Gen.Bool).Sample((fee, percent, isBlob, isExact) =>
        {
            var parameters = new FoldParameters { FeeBumpPercent = percent, BlobFeeBumpPercent = percent, FeeBumpRule = isExact ? FeeBumpRule.ExactFraction : FeeBumpRule.WholeNumbers };
            var type = isBlob ? TxType.Blob : TxType.DynamicFee;
            var least = ReplacementPrice.LeastBid(new Wei(fee), isBlob, parameters)!.Value.Value;

            Assert.True(Outbids(least));
            Assert.True(least.IsZero || !Outbids(least - 1));

            bool Outbids(UInt256 bid) => FeeBump.Outbids(new TxFees(fee, 0, 0), type, new TxFees(bid, 1_000, 1_000), type, parameters);
        });

    [Fact]
    public void A_fee_that_no_bid_reaches_has_no_least_bid()
    {
        Assert.Null(ReplacementPrice.LeastBid(new Wei(UInt256.MaxValue), isBlob: false, new FoldParameters()));
        Assert.Null(ReplacementPrice.LeastBid(new Wei(UInt256.MaxValue), isBlob: false, new FoldParameters { FeeBumpPercent = 0 }));
    }
}
