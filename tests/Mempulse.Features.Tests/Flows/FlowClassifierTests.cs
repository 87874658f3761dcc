using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Flows;
using Mempulse.Features.Grading;
using Mempulse.Features.Tests.Decoding;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Flows;

/// <summary>What moved in a transaction says what it is for, without any ABI.</summary>
public sealed class FlowClassifierTests
{
    private const int User = 1;
    private const int Bot = 2;
    private const int Pool = 3;
    private const int OtherPool = 4;
    private const int Friend = 5;
    private const int A = 0xa0;
    private const int B = 0xb0;
    private const int Weth = 0xe0;

    private readonly TransactionFlows _flows = new(Account(Weth));

    [Fact]
    public void One_token_for_another_one_is_a_swap_directly_or_through_a_router_and_hops()
    {
        Moves((A, User, Bot, 100), (A, Bot, Pool, 100), (B, Pool, OtherPool, 50), (Weth, OtherPool, Bot, 7), (Weth, Bot, User, 7));
        Swaps(Pool, OtherPool);

        Assert.Equal((FlowLabel.Swap, "0x0000:7 0x00a0:-100"), Read(Bot));
    }

    [Fact]
    public void More_of_a_token_that_went_in_a_circle_is_an_arbitrage_whoever_of_the_party_holds_it()
    {
        Moves((A, Bot, Pool, 100), (B, Pool, OtherPool, 50), (A, OtherPool, Bot, 103), (A, Bot, User, 1));
        Swaps(Pool, OtherPool);

        Assert.Equal((FlowLabel.Arbitrage, "0x00a0:3"), Read(Bot));
    }

    [Theory]
    [InlineData(true, FlowLabel.Arbitrage)]
    [InlineData(false, FlowLabel.Unknown)] // a receipt does not say what became of the ether
    public void With_ether_that_is_not_seen_a_gain_is_not_claimed(bool hasInnerEther, FlowLabel label)
    {
        var flows = new TransactionFlows(Account(Weth)) { HasInnerEther = hasInnerEther };
        flows.AddValue(Account(User), Account(Bot), 9);
        flows.AddLog(Account(A), [LogTopics.Transfer, Word(Bot), Word(Pool)], AbiWords.Of(100));
        flows.AddLog(Account(A), [LogTopics.Transfer, Word(Pool), Word(Bot)], AbiWords.Of(103));
        flows.AddLog(Account(Pool), [LogTopics.PairSwap], []);
        flows.AddLog(Account(Pool), [LogTopics.PairSwap], []);

        Assert.Equal(label, FlowClassifier.Read(flows, Account(User), Account(Bot)).Label);
    }

    [Theory]
    [InlineData(100)] // nothing gained
    [InlineData(99)]
    public void A_circle_without_a_gain_is_no_arbitrage(int back)
    {
        Moves((A, Bot, Pool, 100), (B, Pool, OtherPool, 50), (A, OtherPool, Bot, back));
        Swaps(Pool, OtherPool);

        Assert.Equal(FlowLabel.Unknown, Read(Bot).Label);
    }

    [Fact]
    public void A_gain_that_does_not_come_back_from_those_that_got_something_is_no_arbitrage()
    {
        Moves((A, Friend, Bot, 3), (A, Bot, Pool, 100), (B, Pool, OtherPool, 50), (A, Friend, Bot, 100));
        Swaps(Pool, OtherPool);

        Assert.Equal(FlowLabel.Unknown, Read(Bot).Label);
    }

    [Fact]
    public void What_goes_one_way_is_a_transfer_of_a_token_or_of_ether_also_on_behalf_of_another_account()
    {
        Moves((A, User, Friend, 5));
        Assert.Equal((FlowLabel.Transfer, "0x00a0:-5"), Read(A));

        Assert.Equal(FlowLabel.Transfer, Other(static flows => flows.AddEther(Account(User), Account(Friend), 5), Friend));
        Assert.Equal(FlowLabel.Transfer, Other(static flows => flows.AddLog(Account(A), [LogTopics.Transfer, Word(Friend), Word(Pool)], AbiWords.Of(5)), A));
        Assert.Equal(FlowLabel.None, Other(static _ => { }, Friend));
    }

    [Fact]
    public void Ether_for_its_wrapped_token_is_a_wrap_and_both_are_one_token() =>
        Assert.Equal(FlowLabel.Wrap, Other(static flows => flows.AddEther(Account(User), Account(Weth), 5), Weth));

    [Fact]
    public void Shares_for_what_was_given_are_minted_and_burned()
    {
        Moves((A, User, Pool, 100), (Pool, 0, User, 90));
        Assert.Equal(FlowLabel.Mint, Read(Pool).Label);

        var burned = Other(
            static flows =>
            {
                flows.AddLog(Account(Pool), [LogTopics.Transfer, Word(User), Word(0)], AbiWords.Of(90));
                flows.AddLog(Account(A), [LogTopics.Transfer, Word(Pool), Word(User)], AbiWords.Of(100));
            },
            Pool);
        Assert.Equal(FlowLabel.Burn, burned);
    }

    [Fact]
    public void A_settlement_of_a_wallets_order_is_a_swap_although_the_solver_gains()
    {
        Moves((A, Friend, Bot, 100), (A, Bot, Pool, 99), (B, Pool, OtherPool, 50), (Weth, OtherPool, Bot, 7), (Weth, Bot, Friend, 6));
        Swaps(Pool, OtherPool);

        Assert.Equal(FlowLabel.Swap, Read(Bot).Label);
    }

    [Fact]
    public void The_event_of_a_market_makes_it_a_liquidation()
    {
        Moves((A, Bot, Pool, 100), (B, Friend, Bot, 50));
        _flows.AddLog(Account(OtherPool), [Keccak256.Hash(Encoding.ASCII.GetBytes("LiquidationCall(address,address,address,uint256,uint256,address,bool)"))], []);

        Assert.Equal(FlowLabel.Liquidation, Read(Bot).Label);
    }

    [Fact]
    public void Beyond_the_bound_of_movements_nothing_is_claimed()
    {
        for (int i = 0; i <= TransactionFlows.MaxMoves; i++)
        {
            Moves((A, User, Friend, 1));
        }

        var reading = FlowClassifier.Read(_flows, Account(User), Account(A));
        Assert.Equal((FlowLabel.Unknown, true, 1), (reading.Label, reading.IsCut, _flows.Left));
    }

    [Fact]
    public void Logs_of_other_shapes_and_movements_of_nothing_move_nothing()
    {
        _flows.AddLog(Account(A), [], AbiWords.Of(5));
        _flows.AddLog(Account(A), [LogTopics.Transfer, Word(User), Word(Friend), Word(7)], []); // of ERC-721
        _flows.AddLog(Account(A), [LogTopics.Transfer, Word(User), Word(Friend)], new byte[31]);
        Moves((A, User, Friend, 0), (A, User, User, 5));

        Assert.Empty(_flows.Moves);
    }

    [Theory]
    [InlineData(FlowLabel.Swap, FlowLabel.Swap, FlowLabel.Swap, FlowSource.Both, false)]
    [InlineData(FlowLabel.Swap, FlowLabel.Arbitrage, FlowLabel.Arbitrage, FlowSource.Flow, true)]
    [InlineData(FlowLabel.Unknown, FlowLabel.Swap, FlowLabel.Swap, FlowSource.Flow, false)]
    [InlineData(FlowLabel.Swap, FlowLabel.Unknown, FlowLabel.Swap, FlowSource.Abi, false)]
    [InlineData(FlowLabel.Approval, FlowLabel.None, FlowLabel.Approval, FlowSource.Abi, false)]
    [InlineData(FlowLabel.Swap, FlowLabel.None, FlowLabel.Swap, FlowSource.Abi, true)] // nothing moved
    [InlineData(FlowLabel.Unknown, FlowLabel.None, FlowLabel.None, FlowSource.Neither, false)]
    [InlineData(FlowLabel.Swap, null, FlowLabel.Swap, FlowSource.Abi, false)] // it failed
    public void A_label_says_who_gave_it_and_whether_the_classifiers_disagree(FlowLabel byAbi, FlowLabel? byFlow, FlowLabel label, FlowSource source, bool isDisagreement)
    {
        var both = new TransactionLabel(byAbi, byFlow is { } known ? new FlowReading(known, [], IsCut: false) : null);

        Assert.Equal((label, source, isDisagreement), (both.Label, both.Source, both.IsDisagreement));
    }

    private static FlowLabel Other(Action<TransactionFlows> fill, int target)
    {
        var flows = new TransactionFlows(Account(Weth));
        fill(flows);
        return FlowClassifier.Read(flows, Account(User), Account(target)).Label;
    }

    private void Moves(params (int Token, int From, int To, int Amount)[] moves)
    {
        foreach (var (token, from, to, amount) in moves)
        {
            _flows.AddLog(Account(token), [LogTopics.Transfer, Word(from), Word(to)], AbiWords.Of(amount));
        }
    }

    private void Swaps(params int[] pools)
    {
        foreach (int pool in pools)
        {
            _flows.AddLog(Account(pool), [LogTopics.PairSwap], []);
        }
    }

    private (FlowLabel Label, string Nets) Read(int target)
    {
        var reading = FlowClassifier.Read(_flows, Account(User), Account(target));
        return (reading.Label, string.Join(' ', reading.Nets.Select(static net => $"{net.Token.ToString()[..2]}{net.Token.ToString()[^4..]}:{net.Amount}")));
    }

    private static Address Account(int number) => Address.Parse($"0x{number:x40}");

    private static Hash256 Word(int number) => Hash256.Parse($"0x{number:x64}");
}
