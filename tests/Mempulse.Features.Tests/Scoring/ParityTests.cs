using Mempulse.Features.Registry;
using Mempulse.Features.Scoring;
using Mempulse.Features.Traits;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Tests.Scoring;

/// <summary>The original's formulas, term by term.</summary>
public sealed class ParityTests
{
    private const ulong Gwei = 1_000_000_000;

    private static readonly ParityScorer s_scorer = new();
    private static readonly TxTraits s_other = new()
    {
        Hash = default,
        Chain = new ChainId(1),
        Sender = default,
        Target = default,
        Type = TxType.Legacy,
        GasLimit = new Gas(21_000),
        Value = default,
        MaxFeePerGas = default,
        MaxPriorityFeePerGas = default,
        MaxFeePerBlobGas = default,
        BlobCount = 0,
        AuthorizationCount = 0,
        InputBytes = 0,
    };

    [Theory]
    [InlineData(CallCategory.Swap, 55)]
    [InlineData(CallCategory.Approval, 16)]
    [InlineData(CallCategory.Transfer, 10)]
    [InlineData(CallCategory.Lending, 8)]
    [InlineData(CallCategory.Unknown, 8)]
    public void The_base_is_that_of_the_category(CallCategory category, long mev) => Assert.Equal(mev, Mev(s_other with { Category = category }));

    [Fact]
    public void Each_term_adds_its_points()
    {
        Assert.Equal(20, Mev(s_other with { Protocol = "any" }));
        Assert.Equal((8, 13), (Mev(s_other with { InputBytes = 132 }), Mev(s_other with { InputBytes = 133 })));
        Assert.Equal(11, Mev(s_other with { Value = new Wei(1) }));
        Assert.Equal((8, 12), (Mev(s_other with { GasLimit = new Gas(199_999) }), Mev(s_other with { GasLimit = new Gas(200_000) })));
        Assert.Equal(10, Mev(s_other with { BlobCount = 1 }));
        Assert.Equal(0, Mev(s_other with { Chain = new ChainId(10) }));
        Assert.Equal(40, Mev(s_other with { Category = CallCategory.Swap, Chain = new ChainId(10) }));
    }

    [Theory]
    [InlineData(TxType.DynamicFee, 3, 90, 13)]
    [InlineData(TxType.DynamicFee, 61, 90, 70)]
    [InlineData(TxType.DynamicFee, 0, 0, 6)]
    [InlineData(TxType.Blob, 3, 90, 7)]
    [InlineData(TxType.SetCode, 3, 90, 7)]
    [InlineData(TxType.Legacy, 30, 30, 15)]
    [InlineData(TxType.AccessList, 31, 31, 15)]
    [InlineData(TxType.Legacy, 200, 200, 40)]
    public void Urgency_is_the_tip_or_half_the_gas_price_and_more_for_the_newer_fees(TxType type, ulong tip, ulong fee, long urgency) =>
        Assert.Equal(urgency, Score(s_other with { Type = type, MaxPriorityFeePerGas = new Wei(tip * Gwei), MaxFeePerGas = new Wei(fee * Gwei) }).Urgency);

    [Fact]
    public void Half_of_the_urgency_counts_and_mev_is_at_most_100()
    {
        var swap = s_other with { Category = CallCategory.Swap, Type = TxType.DynamicFee, MaxPriorityFeePerGas = new Wei(5 * Gwei), MaxFeePerGas = new Wei(5 * Gwei) };
        Assert.Equal(62, Mev(swap));
        Assert.Equal(100, Mev(swap with { MaxPriorityFeePerGas = new Wei(60 * Gwei), Protocol = "uniswap-v3", InputBytes = 200, Value = new Wei(1), GasLimit = new Gas(300_000) }));
    }

    [Fact]
    public void A_swap_has_the_labels_whose_thresholds_it_reaches_each_with_its_total()
    {
        // mev = 55 + 12 + 5 + 4 + 13 / 2 = 82, urgency = 3 + 6 + 4 = 13, struct = 200 + 250 = 450
        var swap = s_other with
        {
            Category = CallCategory.Swap, Protocol = "uniswap-v2", InputBytes = 200, GasLimit = new Gas(250_000), Type = TxType.DynamicFee,
            MaxPriorityFeePerGas = new Wei(3 * Gwei), MaxFeePerGas = new Wei(30 * Gwei),
        };

        Assert.Equal(
            [
                (RankLabel.Sandwich, new ScoreParts(13, 82, 0, (120 * 82) + (25 * 13) + 450 + 500)),
                (RankLabel.Backrun, new ScoreParts(13, 82, 0, (100 * 82) + (20 * 13) + 450 + 300)),
                (RankLabel.Arbitrage, new ScoreParts(13, 82, 0, (90 * 82) + (15 * 13) + 450 + 200)),
            ],
            Rows(swap));
        Assert.Equal((120 * 82) + (25 * 13) + 450 + 500, Score(swap).Total);
        Assert.Equal([RankLabel.Sandwich, RankLabel.Backrun, RankLabel.Arbitrage], Labels(swap with { Protocol = "1inch" }));
        Assert.Equal([RankLabel.Backrun, RankLabel.Arbitrage], Labels(swap with { Protocol = "curve" }));
        Assert.Equal([RankLabel.Sandwich, RankLabel.Arbitrage], Labels(swap with { MaxPriorityFeePerGas = new Wei(1 * Gwei) }));
        Assert.Equal([RankLabel.Arbitrage], Labels(swap with { Protocol = null, Type = TxType.Legacy, MaxFeePerGas = default, InputBytes = 0, GasLimit = default, Chain = new ChainId(1) }));
        Assert.Empty(Labels(swap with { Protocol = null, Type = TxType.Legacy, MaxFeePerGas = default, InputBytes = 0, GasLimit = default, Chain = new ChainId(10) }));
        Assert.Empty(Labels(swap with { Category = CallCategory.Lending }));
    }

    [Fact]
    public void Calldata_and_gas_count_up_to_their_limits()
    {
        var swap = s_other with { Category = CallCategory.Swap, InputBytes = 100_000, GasLimit = new Gas(10_000_000) };

        Assert.Equal((90 * 64) + 512 + 500 + 200, Rows(swap)[^1].Parts.Total);
    }

    [Fact]
    public void The_reasons_add_up_to_the_parts()
    {
        var swap = s_other with { Category = CallCategory.Swap, Protocol = "uniswap-v2", InputBytes = 200, BlobCount = 1, Type = TxType.Blob, Value = new Wei(5), MaxPriorityFeePerGas = new Wei(3 * Gwei), MaxFeePerGas = new Wei(30 * Gwei), Chain = new ChainId(5) };
        var reasons = s_scorer.Explain(swap, default);

        Assert.Equal(Mev(swap), reasons.Where(static reason => reason.Part == ScorePart.Value).Sum(static reason => reason.Points));
        Assert.Equal(Score(swap).Urgency, reasons.Where(static reason => reason.Part == ScorePart.Urgency).Sum(static reason => reason.Points));
    }

    private static ScoreParts Score(in TxTraits tx) => s_scorer.Score(tx, default);

    private static long Mev(in TxTraits tx) => Score(tx).Value;

    private static RankLabel[] Labels(in TxTraits tx) => [.. Rows(tx).Select(static row => row.Label)];

    private static (RankLabel Label, ScoreParts Parts)[] Rows(in TxTraits tx)
    {
        var rows = new RankedTx[s_scorer.MaxLabels];
        return [.. rows[..RankProfile.Parity.Score(tx, default, rows)].Select(static row => (row.Label, row.Parts))];
    }
}
