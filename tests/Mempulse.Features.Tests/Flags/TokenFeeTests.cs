using System.Buffers.Binary;
using Mempulse.Features.Failures;
using Mempulse.Features.Flags;
using Mempulse.Features.Grading;
using Mempulse.Features.Scoring;
using Mempulse.Features.Tests.Stories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Flags;

/// <summary>Whether less of a token arrives than is sent is learned from graded trades.</summary>
public sealed class TokenFeeTests
{
    private static readonly Address s_pool = Address.Parse("0x00000000000000000000000000000000000000cc");

    private readonly PoolStory _story = new();

    [Fact]
    public void A_token_of_which_less_arrived_is_flagged_with_the_share_of_trades_in_which_it_did()
    {
        _story.Swaps("next", 1_000, 900);
        Assert.Equal(FlagStanding.Unknown, Flag().Standing);

        Graded("b1", received: 950, kept: 0);
        Assert.Equal(FlagStanding.Absent, Flag().Standing);

        Graded("b2", received: 850, kept: 50);
        Assert.Equal(new RiskFlag(RiskFlagKind.FeeOnTransfer, FlagStanding.Present) { Number = 5_000 }, Flag());
        Assert.Equal(0, _story.Views.Failures.OfToken(PoolStory.Ether).Count);
        _story.AssertReplays();
    }

    [Fact]
    public void A_trade_that_disagrees_says_nothing_about_its_token()
    {
        _story.Swaps("next", 1_000, 900);

        Graded("b1", received: 850, kept: 0);

        Assert.Equal(FlagStanding.Unknown, Flag().Standing);
    }

    [Theory]
    [InlineData(0b0001u, 0b0111u, 7_500)]
    [InlineData(0b0111u, 0b0001u, 7_500)]
    [InlineData(0b1111u, 0u, 10_000)]
    [InlineData(0u, 0b1111u, 10_000)]
    public void Of_two_tokens_the_one_that_more_often_arrives_short_is_told(uint given, uint received, ulong number)
    {
        _story.Swaps("next", 1_000, 900);
        var views = _story.Views;
        var stated = new StatedTokens(new CallHistory(4, given), new CallHistory(4, received));

        var flag = Flagged.Of(_story, "next", RiskFlagKind.FeeOnTransfer, new FoldViews { Pool = views.Pool, Rules = views.Rules, Traits = views.Traits, Failures = stated, Book = views.Book });

        Assert.Equal(new RiskFlag(RiskFlagKind.FeeOnTransfer, FlagStanding.Present) { Number = number }, flag);
    }

    [Fact]
    public void Tokens_of_one_of_several_trades_decide_nothing()
    {
        _story.Swaps("next", 1_000, 900);
        Graded("b1", received: 950, kept: 0);
        Assert.Equal(FlagStanding.Absent, Flag().Standing);

        var flags = new RiskFlag[FlagReader.Count];
        FlagReader.Read(_story.TraitsOf("next") with { TradeCount = 2 }, _story.Views, flags);

        Assert.Equal(FlagStanding.Unknown, flags[(int)RiskFlagKind.FeeOnTransfer].Standing);
    }

    private RiskFlag Flag() => Flagged.Of(_story, "next", RiskFlagKind.FeeOnTransfer);

    private void Graded(string block, ulong received, ulong kept)
    {
        string name = $"t-{block}";
        _story.Swaps(name, 1_000, 900);
        _story.Story.Block(block, name);
        var sender = Named.Account($"sender-{name}");
        TxLog[] logs = [Moved(PoolStory.Ether, sender, s_pool, 1_000), Moved(PoolStory.Token, s_pool, sender, received), new TxLog(s_pool, [LogTopics.PairSwap], default)];
        _story.Story.Fact(new LogEvent.ReceiptsObserved(
            Named.Block(block), _story.Story.Engine.Pool.Head!.Value.Number, 0, IsVerified: true,
            [new TxResult(Named.Tx(name), ExecutionOutcome.Succeeded, new Gas(21_000), kept == 0 ? logs : [.. logs, Moved(PoolStory.Token, s_pool, PoolStory.Token, kept)], 0)])
        {
            Continuation = ReceiptsContinuation.Complete,
        });
    }

    private static TxLog Moved(in Address token, in Address from, in Address to, ulong amount)
    {
        byte[] data = new byte[UInt256.Size];
        BinaryPrimitives.WriteUInt64BigEndian(data.AsSpan(24), amount);
        return new TxLog(token, [LogTopics.Transfer, Topic(from), Topic(to)], data);
    }

    private static Hash256 Topic(in Address account)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        account.CopyTo(word[12..]);
        return new Hash256(word);
    }

    /// <summary>How often ether, which is given, and the token arrived short.</summary>
    private sealed record StatedTokens(CallHistory Given, CallHistory Received) : IFailureView
    {
        public ulong Forgotten => 0;

        public CallHistory OfSender(in Address sender) => default;

        public CallHistory OfTarget(in Address target) => default;

        public CallHistory OfToken(in Address token) => token == PoolStory.Token ? Received : Given;
    }
}
