using Mempulse.Features.Book;
using Mempulse.Features.Flags;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Pools.Exposure;
using Mempulse.Features.Scoring;
using Mempulse.Features.Tests.Stories;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Flags;

/// <summary>What a pool of the book says about a pending swap.</summary>
public sealed class SwapFlagTests
{
    private static readonly UInt256 s_ether = 1_000_000_000_000_000_000;

    private static readonly ConstantProductPool s_pool = new(s_ether * 1_000, s_ether * 2_000_000, ProductFee.UniswapV2);

    private readonly PoolStory _story = new();
    private readonly UInt256 _quoted = s_pool.QuoteExactInput(0, 1, s_ether * 10).AmountOut;

    [Fact]
    public void Without_a_pool_slippage_and_exposure_are_unknown_unless_any_price_is_accepted()
    {
        _story.Swaps("bounded", s_ether, 1).Swaps("unbounded", s_ether, 0);

        Assert.Equal(new RiskFlag(RiskFlagKind.HighSlippage, FlagStanding.Unknown), Flag("bounded", RiskFlagKind.HighSlippage, null));
        Assert.Equal(new RiskFlag(RiskFlagKind.HighSlippage, FlagStanding.Present) { Number = 10_000 }, Flag("unbounded", RiskFlagKind.HighSlippage, null));
        Assert.Equal(new RiskFlag(RiskFlagKind.SandwichExposed, FlagStanding.Unknown), Flag("unbounded", RiskFlagKind.SandwichExposed, null));
        Assert.Equal(FlagStanding.Unknown, Flag("bounded", RiskFlagKind.HighSlippage, new FixedBook()).Standing);
    }

    [Theory]
    [InlineData(100, FlagStanding.Present)]
    [InlineData(99, FlagStanding.Absent)]
    [InlineData(0, FlagStanding.Absent)]
    public void Slippage_is_how_far_the_effective_minimum_is_below_the_quote(ulong basisPoints, FlagStanding standing)
    {
        UInt256.Divide(_quoted * (10_000 - basisPoints), 10_000, out var minimum);
        _story.Swaps("t", s_ether * 10, minimum);

        Assert.Equal(new RiskFlag(RiskFlagKind.HighSlippage, standing) { Number = basisPoints }, Flag("t", RiskFlagKind.HighSlippage, Book()));
    }

    [Fact]
    public void A_minimum_above_the_quote_is_no_slippage_and_its_exposure_is_not_known()
    {
        _story.Swaps("t", s_ether * 10, _quoted + 1);

        Assert.Equal(new RiskFlag(RiskFlagKind.HighSlippage, FlagStanding.Absent) { Number = UInt256.Zero }, Flag("t", RiskFlagKind.HighSlippage, Book()));
        Assert.Equal(FlagStanding.Unknown, Flag("t", RiskFlagKind.SandwichExposed, Book()).Standing);
    }

    [Fact]
    public void The_loss_of_a_sale_is_that_of_the_search_and_an_attack_pays_if_it_gains_more_than_its_gas()
    {
        _story.Swaps("t", s_ether * 100_000, s_ether, isSale: true);
        Assert.True(ExposureSearch.TryFind(s_pool, 1, 0, s_ether * 100_000, s_ether, ExposureSearch.MaxQuotes, out var exposure));

        Assert.Equal(new RiskFlag(RiskFlagKind.SandwichExposed, FlagStanding.Present) { Number = exposure.Loss }, Flag("t", RiskFlagKind.SandwichExposed, Book()));
        _story.Story.Block("b1");
        Assert.Equal(new RiskFlag(RiskFlagKind.SandwichExposed, FlagStanding.Present) { Number = exposure.Loss, PaysAfterGas = true }, Flag("t", RiskFlagKind.SandwichExposed, Book()));
    }

    [Fact]
    public void The_loss_of_a_purchase_is_what_the_token_is_worth_in_ether()
    {
        _story.Swaps("t", s_ether * 10, 1);
        Assert.True(ExposureSearch.TryFind(s_pool, 0, 1, s_ether * 10, 1, ExposureSearch.MaxQuotes, out var exposure));

        Assert.Equal(s_pool.QuoteExactInput(1, 0, exposure.Loss).AmountOut, Flag("t", RiskFlagKind.SandwichExposed, Book()).Number);
    }

    [Fact]
    public void A_swap_that_accepts_nothing_less_than_the_quote_is_not_exposed()
    {
        _story.Swaps("t", s_ether * 10, _quoted);

        Assert.Equal(new RiskFlag(RiskFlagKind.SandwichExposed, FlagStanding.Absent) { Number = UInt256.Zero, PaysAfterGas = false }, Flag("t", RiskFlagKind.SandwichExposed, Book()));
    }

    [Fact]
    public void The_value_of_a_sale_is_what_the_best_pool_gives_for_it()
    {
        _story.Swaps("t", s_ether * 1_000, 1, isSale: true);
        var worse = s_pool with { Reserve0 = s_ether * 500 };

        var features = new MempoolExtractor().Extract(_story.TraitsOf("t"), With(new FixedBook(Pool(worse, 1), Pool(s_pool, 2), Pool(worse, 3))));

        Assert.Equal(s_pool.QuoteExactInput(1, 0, s_ether * 1_000).AmountOut, features.ValueWei);
        Assert.Null(_story.FeaturesOf("t").ValueWei);
    }

    private static FixedBook Book() => new(Pool(s_pool, 1));

    private static BookPool Pool(ConstantProductPool state, byte number) =>
        new(PoolKey.Of(new Address([.. new byte[19], number])), "uniswap-v2", [PoolStory.Ether, PoolStory.Token], state, IsProven: true);

    private RiskFlag Flag(string tx, RiskFlagKind kind, IPoolBook? book) => Flagged.Of(_story, tx, kind, With(book));

    private FoldViews With(IPoolBook? book) => new() { Pool = _story.Views.Pool, Rules = _story.Views.Rules, Traits = _story.Views.Traits, Failures = _story.Views.Failures, Book = book };
}
