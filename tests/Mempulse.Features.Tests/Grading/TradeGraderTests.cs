using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Decoding;
using Mempulse.Features.Grading;
using Mempulse.Features.Tests.Decoding;
using Mempulse.Features.Tests.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Contracts;

namespace Mempulse.Features.Tests.Grading;

/// <summary>What a trade states is held against the logs of its transaction.</summary>
public sealed class TradeGraderTests
{
    private const string Router = "0x7a250d5630b4cf539739df2c5dacb4c659f2488d";
    private const string PairSwap = "Swap(address,uint256,uint256,uint256,uint256,address)";
    private const string PoolSwap = "Swap(address,address,int256,int256,uint160,uint128,int24)";

    private static readonly Address s_wrapped = Address.Parse("0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2");
    private static readonly (Address Given, Address Wanted, Address Pool, Address Other) s_at = (At(0xaa), At(0xbb), At(0xcc), At(0xdd));

    [Theory]
    [InlineData(1_000, 950, PoolSwap, GradeVerdict.Agrees, TradePart.None, false)]
    [InlineData(1_000, 900, PoolSwap, GradeVerdict.Agrees, TradePart.None, false)] // exactly the minimum
    [InlineData(1_000, 899, PoolSwap, GradeVerdict.Disagrees, TradePart.AmountOut, false)]
    [InlineData(999, 950, PoolSwap, GradeVerdict.Disagrees, TradePart.AmountIn, true)]
    [InlineData(1_001, 950, PairSwap, GradeVerdict.Disagrees, TradePart.AmountIn, true)]
    [InlineData(950, 950, PairSwap, GradeVerdict.FeeOnTransfer, TradePart.AmountIn, false)] // a pair takes what arrives
    [InlineData(500, 950, PairSwap, GradeVerdict.FeeOnTransfer, TradePart.AmountIn, false)]
    [InlineData(499, 950, PairSwap, GradeVerdict.Disagrees, TradePart.AmountIn, true)]
    public void An_exact_amount_was_given_and_a_minimum_was_received(
        ulong given, ulong received, string swap, GradeVerdict verdict, TradePart part, bool isCertain) =>
        Assert.Equal(
            new TradeGrade(verdict, part, isCertain),
            Grade(ExactIn(), 0, Moved(s_at.Given, Decoded.Sender, s_at.Pool, given), Moved(s_at.Wanted, s_at.Pool, Decoded.Sender, received), Swapped(swap)));

    [Fact]
    public void A_token_that_sends_a_share_elsewhere_is_named()
    {
        var grade = Grade(
            ExactIn(),
            0,
            Moved(s_at.Given, Decoded.Sender, s_at.Pool, 1_000),
            Moved(s_at.Wanted, s_at.Pool, s_at.Wanted, 60),
            Moved(s_at.Wanted, s_at.Pool, Decoded.Sender, 890),
            Swapped(PairSwap));

        Assert.Equal(new TradeGrade(GradeVerdict.FeeOnTransfer, TradePart.AmountOut, false), grade);
    }

    [Fact]
    public void Tokens_that_did_not_move_disagree()
    {
        var (given, wanted) = (Moved(s_at.Given, Decoded.Sender, s_at.Pool, 1_000), Moved(s_at.Wanted, s_at.Pool, Decoded.Sender, 950));

        Assert.Equal(new TradeGrade(GradeVerdict.Disagrees, TradePart.TokenIn, false), Grade(ExactIn(), 0, wanted, Swapped(PoolSwap)));
        Assert.Equal(new TradeGrade(GradeVerdict.Disagrees, TradePart.TokenOut, false), Grade(ExactIn(), 0, given, Swapped(PoolSwap)));
    }

    [Fact]
    public void Another_recipient_than_the_stated_one_does_not_count() =>
        Assert.Equal(
            new TradeGrade(GradeVerdict.Disagrees, TradePart.AmountOut, false),
            Grade(ExactIn(), 0, Moved(s_at.Given, Decoded.Sender, s_at.Pool, 1_000), Moved(s_at.Wanted, s_at.Pool, s_at.Other, 950), Moved(s_at.Wanted, s_at.Other, Decoded.Sender, 1), Swapped(PoolSwap)));

    [Theory]
    [InlineData(1_000, 900, GradeVerdict.Agrees, TradePart.None)]
    [InlineData(1_001, 900, GradeVerdict.Disagrees, TradePart.AmountIn)] // more than the maximum
    [InlineData(800, 901, GradeVerdict.Disagrees, TradePart.AmountOut)]
    public void An_exact_amount_was_received_and_no_more_than_a_maximum_was_given(ulong given, ulong received, GradeVerdict verdict, TradePart part) =>
        Assert.Equal(
            new TradeGrade(verdict, part, part == TradePart.AmountOut),
            Grade(ExactOut(), 0, Moved(s_at.Given, Decoded.Sender, s_at.Pool, given), Moved(s_at.Wanted, s_at.Pool, Decoded.Sender, received), Swapped(PoolSwap)));

    [Theory]
    [InlineData(500, 500, GradeVerdict.Agrees)]
    [InlineData(500, 450, GradeVerdict.Agrees)] // a service keeps a part of what was sent
    [InlineData(400, 400, GradeVerdict.Agrees)]
    [InlineData(400, 300, GradeVerdict.Disagrees)]
    public void Ether_is_shown_by_the_value_and_by_what_was_wrapped(ulong value, ulong wrapped, GradeVerdict verdict)
    {
        var trade = new Trade(0, s_wrapped, s_at.Wanted) { AmountIn = new Amount(AmountMeaning.Exact, value == 500 ? 500UL : 400UL, default), AmountOut = new Amount(AmountMeaning.Minimum, 1, default), Recipient = Decoded.Sender };
        trade = verdict == GradeVerdict.Disagrees ? trade with { AmountIn = new Amount(AmountMeaning.Exact, 350, default) } : trade;

        Assert.Equal(verdict, Grade(trade, value, Logged("Deposit(address,uint256)", s_wrapped, [s_at.Other], wrapped), Moved(s_wrapped, s_at.Other, s_at.Pool, wrapped), Moved(s_at.Wanted, s_at.Pool, Decoded.Sender, 9), Swapped(PoolSwap)).Verdict);
    }

    [Theory]
    [InlineData(900, GradeVerdict.Agrees)]
    [InlineData(899, GradeVerdict.Disagrees)]
    public void Ether_that_was_unwrapped_was_received(ulong unwrapped, GradeVerdict verdict)
    {
        var trade = ExactIn() with { TokenOut = s_wrapped };

        Assert.Equal(verdict, Grade(trade, 0, Moved(s_at.Given, Decoded.Sender, s_at.Pool, 1_000), Moved(s_wrapped, s_at.Pool, s_at.Other, unwrapped), Logged("Withdrawal(address,uint256)", s_wrapped, [s_at.Other], unwrapped), Swapped(PoolSwap)).Verdict);
    }

    [Theory]
    [InlineData(1_000, GradeVerdict.Agrees)]
    [InlineData(999, GradeVerdict.Disagrees)]
    public void Where_the_wrapped_token_is_not_known_ether_is_shown_by_the_value(ulong value, GradeVerdict verdict)
    {
        var trade = ExactIn() with { TokenIn = default(Address) };

        var grade = Assert.Single(new TradeGrader().Grade(Tree(value), [trade], [Moved(s_at.Wanted, s_at.Pool, Decoded.Sender, 950)], wrappedEther: null));

        Assert.Equal(verdict, grade.Verdict);
    }

    [Theory]
    [InlineData(900, GradeVerdict.Agrees)]
    [InlineData(899, GradeVerdict.Disagrees)]
    public void Ether_that_a_pool_paid_itself_is_shown_by_the_signed_amount_of_its_event(ulong paid, GradeVerdict verdict)
    {
        byte[] amounts = CallData.Words().AddSigned(1_000, isNegative: false).AddSigned(paid, isNegative: true).ToArray();
        var trade = ExactOut() with { TokenOut = s_wrapped };

        Assert.Equal(verdict, Grade(trade, 0, Moved(s_at.Given, Decoded.Sender, s_at.Pool, 1_000), Swapped(PoolSwap) with { Data = amounts }).Verdict);
    }

    [Fact]
    public void Events_of_other_contracts_than_the_wrapper_wrap_nothing()
    {
        var trade = ExactIn() with { TokenOut = s_wrapped };

        Assert.Equal(TradePart.TokenOut, Grade(trade, 0, Moved(s_at.Given, Decoded.Sender, s_at.Pool, 1_000), Logged("Withdrawal(address,uint256)", s_at.Other, [s_at.Other], 900)).Part);
    }

    [Fact]
    public void What_is_not_stated_is_partial_and_no_trade_claims_nothing()
    {
        TxLog[] logs = [Moved(s_at.Given, Decoded.Sender, s_at.Pool, 1_000), Moved(s_at.Wanted, s_at.Pool, Decoded.Sender, 950), Swapped(PoolSwap)];
        var trade = ExactIn();

        Assert.Equal(new TradeGrade(GradeVerdict.Partial, TradePart.TokenIn, false), Grade(trade with { TokenIn = null }, 0, logs));
        Assert.Equal(new TradeGrade(GradeVerdict.Partial, TradePart.TokenOut, false), Grade(trade with { TokenOut = null }, 0, logs));
        Assert.Equal(new TradeGrade(GradeVerdict.Partial, TradePart.AmountIn, false), Grade(trade with { AmountIn = default }, 0, logs));
        Assert.Equal(new TradeGrade(GradeVerdict.Partial, TradePart.AmountOut, false), Grade(trade with { AmountOut = new Amount(AmountMeaning.Unresolved, 0, AmountSentinelsOfZero) }, 0, logs));
        Assert.Equal(new TradeGrade(GradeVerdict.NothingClaimed, TradePart.None, false), Assert.Single(new TradeGrader().Grade(Tree(0), [], logs, s_wrapped)));
    }

    [Fact]
    public void An_amount_of_a_call_that_is_known_by_its_selector_alone_is_never_certain()
    {
        var tree = Decoded.Call("0x0000000000000000000000000000000000000bad", Call());
        var grade = Assert.Single(new TradeGrader().Grade(tree, [ExactIn()], [Moved(s_at.Given, Decoded.Sender, s_at.Pool, 999), Moved(s_at.Wanted, s_at.Pool, Decoded.Sender, 950), Swapped(PoolSwap)], s_wrapped));

        Assert.Equal(new TradeGrade(GradeVerdict.Disagrees, TradePart.AmountIn, false), grade);
    }

    [Fact]
    public void The_worse_of_two_grades_is_the_more_serious_one_and_a_certain_one_before_others()
    {
        var (agrees, wrong, certain) = (default(TradeGrade), new TradeGrade(GradeVerdict.Disagrees, TradePart.AmountOut, false), new TradeGrade(GradeVerdict.Disagrees, TradePart.AmountIn, true));

        Assert.Equal(wrong, TradeGrade.Worse(agrees, wrong));
        Assert.Equal(wrong, TradeGrade.Worse(wrong, agrees));
        Assert.Equal(certain, TradeGrade.Worse(wrong, certain));
        Assert.Equal(certain, TradeGrade.Worse(certain, wrong));
    }

    private static Mempulse.Features.Registry.AmountSentinels AmountSentinelsOfZero => Mempulse.Features.Registry.AmountSentinels.Zero;

    private static TradeGrade Grade(Trade trade, ulong value, params TxLog[] logs) => Assert.Single(new TradeGrader().Grade(Tree(value), [trade], logs, s_wrapped));

    private static DecodeTree Tree(ulong value) => Decoded.Call(Router, Call(), ShippedRegistry.Value, value);

    private static byte[] Call() => [.. Convert.FromHexString("38ed1739"), .. AbiWords.Of(1_000, 900, 160, 0xee, 7, 2, 0xaa, 0xbb)];

    private static Trade ExactIn() => Assert.Single(new TradeReader().Read(Tree(0), s_wrapped));

    private static Trade ExactOut() => ExactIn() with { AmountIn = new Amount(AmountMeaning.Maximum, 1_000, default), AmountOut = new Amount(AmountMeaning.Exact, 900, default) };

    private static TxLog Moved(Address token, Address from, Address to, ulong amount) => Logged("Transfer(address,address,uint256)", token, [from, to], amount);

    private static TxLog Swapped(string signature) => Logged(signature, s_at.Pool, [], 0);

    private static TxLog Logged(string signature, Address account, Address[] indexed, ulong amount)
    {
        byte[] word = new byte[32];
        ((UInt256)amount).WriteBigEndian(word);
        return new TxLog(account, [Keccak256.Hash(Encoding.ASCII.GetBytes(signature)), .. indexed.Select(static one => new Hash256([.. new byte[12], .. one.ToArray()]))], word);
    }

    private static Address At(byte last) => new([.. new byte[19], last]);
}
