using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.NonceChains;
using Mempulse.Replay.Pool;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.NonceChains;

public sealed class FeeBumpTests
{
    private static readonly FoldParameters s_fractions = new() { FeeBumpRule = FeeBumpRule.ExactFraction };

    /// <summary>Old fee, new fee, whether it replaces at 10 %: geth's thresholds are 1, 9, 11, 12, 13, 21, 110 and 111 (rounded down), and it must rise.</summary>
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 1, true)]
    [InlineData(1, 1, false)]
    [InlineData(1, 2, true)]
    [InlineData(9, 9, false)]
    [InlineData(9, 10, true)]
    [InlineData(10, 10, false)]
    [InlineData(10, 11, true)]
    [InlineData(11, 11, false)]
    [InlineData(11, 12, true)]
    [InlineData(12, 13, true)]
    [InlineData(19, 20, true)]
    [InlineData(20, 21, false)]
    [InlineData(20, 22, true)]
    [InlineData(100, 109, false)]
    [InlineData(100, 110, true)]
    [InlineData(101, 110, false)]
    [InlineData(101, 111, true)]
    [InlineData(1_234_567_891, 1_358_024_679, false)]
    [InlineData(1_234_567_891, 1_358_024_680, true)]
    [InlineData(30_000_000_001, 33_000_000_001, true)]
    public void The_threshold_is_rounded_down_to_whole_wei_and_the_fee_must_rise(ulong old, ulong bid, bool replaces)
    {
        Assert.Equal(replaces, Outbids(new TxFees(old, 1, 0), new TxFees(bid, 2, 0)));
        Assert.Equal(replaces, Outbids(new TxFees(1, old, 0), new TxFees(2, bid, 0)));
        Assert.Equal(replaces, Outbids(new TxFees(old, old, 0), new TxFees(bid, bid, 0)));
    }

    [Theory]
    [InlineData(100, 10, 110, 10)]
    [InlineData(100, 10, 100, 11)]
    [InlineData(100, 0, 200, 0)]
    [InlineData(100, 10, 200, 9)]
    [InlineData(100, 10, 109, 20)]
    public void Both_fees_must_rise(ulong oldFee, ulong oldTip, ulong fee, ulong tip) =>
        Assert.False(Outbids(new TxFees(oldFee, oldTip, 0), new TxFees(fee, tip, 0)));

    [Theory]
    [InlineData(7, 14, true)]
    [InlineData(7, 13, false)]
    [InlineData(1, 1, false)]
    [InlineData(1, 2, true)]
    [InlineData(0, 1, true)]
    public void A_blob_transaction_must_double_all_three_fees(ulong old, ulong bid, bool replaces)
    {
        TxFees[] standing = [new(old, 1, 1), new(1, old, 1), new(1, 1, old)];
        TxFees[] newcomers = [new(bid, 2, 2), new(2, bid, 2), new(2, 2, bid)];

        Assert.All(standing.Zip(newcomers), pair => Assert.Equal(replaces, Outbids(pair.First, pair.Second, TxType.Blob)));
    }

    [Fact]
    public void A_blob_transaction_and_another_one_never_outbid_each_other()
    {
        var (low, high) = (new TxFees(1, 1, 1), new TxFees(1_000, 1_000, 1_000));

        Assert.False(FeeBump.Outbids(low, TxType.Blob, high, TxType.DynamicFee, new FoldParameters()));
        Assert.False(FeeBump.Outbids(low, TxType.DynamicFee, high, TxType.Blob, new FoldParameters()));
        Assert.True(FeeBump.Outbids(low, TxType.Legacy, high, TxType.SetCode, new FoldParameters()));
    }

    [Fact]
    public void No_fee_is_too_large_to_compare()
    {
        var largest = new TxFees(UInt256.MaxValue, UInt256.MaxValue, UInt256.MaxValue);
        var small = new TxFees(100, 10, 1);
        UInt256.Divide(UInt256.MaxValue, 11, out var eleventh);
        var reachable = new TxFees(eleventh, eleventh, eleventh);
        UInt256.Divide(UInt256.MaxValue, 2, out var half);
        var doubled = new TxFees(half, half, half);

        foreach (var rule in Enum.GetValues<FeeBumpRule>())
        {
            var parameters = new FoldParameters { FeeBumpPercent = uint.MaxValue, BlobFeeBumpPercent = uint.MaxValue, FeeBumpRule = rule };
            Assert.True(FeeBump.Outbids(small, TxType.Blob, largest, TxType.Blob, parameters));
            Assert.False(FeeBump.Outbids(largest, TxType.Blob, small, TxType.Blob, parameters));
            Assert.False(FeeBump.Outbids(largest, TxType.DynamicFee, largest, TxType.DynamicFee, parameters));
        }

        Assert.True(Outbids(reachable, largest));
        Assert.True(FeeBump.Outbids(doubled, TxType.Blob, largest, TxType.Blob, new FoldParameters()));
        Assert.False(FeeBump.Outbids(reachable, TxType.DynamicFee, largest, TxType.DynamicFee, new FoldParameters { FeeBumpPercent = 1_101 }));
    }

    [Fact]
    public void A_log_without_a_rule_is_folded_with_the_exact_fraction()
    {
        Assert.True(FeeBump.Outbids(new TxFees(100, 0, 0), TxType.DynamicFee, new TxFees(110, 0, 0), TxType.DynamicFee, s_fractions));
        Assert.False(FeeBump.Outbids(new TxFees(101, 11, 0), TxType.DynamicFee, new TxFees(111, 12, 0), TxType.DynamicFee, s_fractions));
        Assert.False(FeeBump.Outbids(new TxFees(100, 10, 1), TxType.Blob, new TxFees(150, 15, 0), TxType.DynamicFee, s_fractions));
    }

    /// <summary>Against 100, 10 and 5: each fee that counts must rise by the percentage for blobs if either is a blob transaction.</summary>
    [Theory]
    [InlineData(TxType.DynamicFee, TxType.DynamicFee, 110, 11, 0, true)]
    [InlineData(TxType.DynamicFee, TxType.DynamicFee, 110, 10, 10, false)]
    [InlineData(TxType.DynamicFee, TxType.DynamicFee, 109, 11, 10, false)]
    [InlineData(TxType.DynamicFee, TxType.Blob, 200, 20, 0, true)]
    [InlineData(TxType.DynamicFee, TxType.Blob, 150, 15, 10, false)]
    [InlineData(TxType.Blob, TxType.DynamicFee, 150, 15, 10, false)]
    [InlineData(TxType.Blob, TxType.DynamicFee, 200, 20, 0, false)]
    [InlineData(TxType.Blob, TxType.Blob, 200, 20, 10, true)]
    [InlineData(TxType.Blob, TxType.Blob, 199, 20, 10, false)]
    [InlineData(TxType.Blob, TxType.Blob, 200, 19, 10, false)]
    [InlineData(TxType.Blob, TxType.Blob, 200, 20, 9, false)]
    public void In_a_log_without_a_rule_each_fee_that_counts_must_rise(TxType standing, TxType newcomer, ulong fee, ulong tip, ulong blobFee, bool replaces) =>
        Assert.Equal(replaces, FeeBump.Outbids(new TxFees(100, 10, 5), standing, new TxFees(fee, tip, blobFee), newcomer, s_fractions));

    /// <summary>2^199 is the first fee of 200 bits, 2^200 the first that is compared without the percentage.</summary>
    [Fact]
    public void In_a_log_without_a_rule_fees_of_up_to_200_bits_are_compared_with_the_percentage()
    {
        var (half, full) = (PowerOfTwo(199), PowerOfTwo(200));
        UInt256.Divide(half, 10, out var tenth);

        Assert.False(Outbids(half - 1, half)); // another length, but not 10 % more
        Assert.True(Outbids(half, half + tenth + 1)); // 10 % more, but of the same length
        Assert.True(Outbids(full - 1, full));
        Assert.False(Outbids(full, full + tenth + tenth + tenth));

        static UInt256 PowerOfTwo(int exponent)
        {
            byte[] bytes = new byte[UInt256.Size];
            bytes[^(1 + (exponent / 8))] = (byte)(1 << (exponent % 8));
            return UInt256.FromBigEndian(bytes);
        }

        static bool Outbids(UInt256 old, UInt256 bid) =>
            FeeBump.Outbids(new TxFees(old, old, 0), TxType.DynamicFee, new TxFees(bid, bid, 0), TxType.DynamicFee, s_fractions);
    }

    [Fact]
    public void The_bump_that_a_wallet_computes_in_whole_numbers_replaces()
    {
        var story = new Scenario().Arrives("old", "alice", 0, fee: 101, tip: 11).Arrives("new", "alice", 0, fee: 111, tip: 12);

        Assert.Equal((TxState.Replaced, TxState.Pending), (story.StateOf("old"), story.StateOf("new")));
    }

    private static bool Outbids(in TxFees standing, in TxFees newcomer, TxType type = TxType.DynamicFee) =>
        FeeBump.Outbids(standing, type, newcomer, type, new FoldParameters());
}
