using Mempulse.Features.Flags;
using Mempulse.Features.Listing;
using Mempulse.Features.Registry;
using Mempulse.Features.Scoring;
using Mempulse.Features.Tests.Stories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Listing;

/// <summary>A list of the waiting transactions says what the fold says of each, at one position.</summary>
public sealed class ListWalkTests
{
    private readonly PoolStory _story = new();

    public ListWalkTests() => _story.Story.Block("b0");

    [Fact]
    public void A_row_has_state_fees_call_flags_and_score()
    {
        _story.Story.Connect("alpha").Connect("beta").Seen("swap", "alpha").Seen("swap", "beta");
        _story.Swaps("swap", 500, 0);

        var list = Listed.Of(_story.Story);
        var row = Listed.Row(list, "swap");

        Assert.Equal((TxState.Pending, Named.Account("sender-swap"), new Nonce(0)), (row.State, row.Sender!.Value, row.Nonce!.Value));
        Assert.Equal(_story.Views.Pool.TryGetTx(Named.Tx("swap"), out var tx) ? tx.FirstAt : default, row.FirstAt);
        Assert.Equal((2u, null, false, false), (row.Sightings, row.MissingNonces, row.IsReplacement, row.IsTrigger));
        var body = row.Body!;
        Assert.Equal((new Wei(100), new Wei(10), true, CallCategory.Swap), (body.MaxFeePerGas, body.MaxPriorityFeePerGas, body.HasCall, body.Category));
        Assert.Equal(("uniswap-made", "Router", "swap"), (body.Protocol, body.Contract, body.Function));
        Assert.Equal((PoolStory.Router, _story.TraitsOf("swap").Selector, _story.TraitsOf("swap").Trade), (body.Target!.Value, body.Selector, body.Trade));
        Assert.Equal(PoolRanking.Best(RankProfile.Default, _story.Views, row.Hash)!.Row.Parts.Total, row.Score);
        var flags = new RiskFlag[FlagReader.Count];
        FlagReader.Read(_story.TraitsOf("swap"), _story.Views, flags);
        Assert.Equal(flags.Where(static flag => flag.Standing != FlagStanding.Absent), row.Flags);
        Assert.True(row.Has(RiskFlagKind.NoDeadline) && !row.Has(RiskFlagKind.NonceGap));
        Assert.Equal(["alpha", "beta"], row.HeardBy.Select(heard => list.SourceOf(heard.Observer)!.Name));
        Assert.Equal([0u, 1_000_000u], row.HeardBy.Select(static heard => heard.AfterMicros));
        Assert.Null(list.SourceOf(999));
    }

    [Fact]
    public void A_hash_without_a_body_and_a_body_without_a_registry_are_listed_with_what_is_known()
    {
        var early = new PoolStory(hasRegistry: false);
        early.Story.Block("b0").Seen("only-seen").Arrives("plain", "anna", 0);

        var list = Listed.Of(early.Story);
        var (seen, plain) = (Listed.Row(list, "only-seen"), Listed.Row(list, "plain"));

        Assert.Equal((TxState.Seen, null, null, null), (seen.State, seen.Sender, seen.Body, seen.Score));
        Assert.Equal((TxState.Pending, false, new Wei(100), null), (plain.State, plain.Body!.HasCall, plain.Body.MaxFeePerGas, plain.Score));
        Assert.Equal([1, 1, 0], (int[])[list.ByState[(int)TxState.Seen], list.ByState[(int)TxState.Pending], list.ByState[(int)TxState.Queued]]);
        Assert.Equal(2, list.ByFee[(int)FeeClass.Unknown]); // no fees are followed before a registry is in force
    }

    [Theory]
    [InlineData(7, FeeClass.Next)]
    [InlineData(6, FeeClass.Below)]
    [InlineData(1_000, FeeClass.Next, 1_000)]
    [InlineData(999, FeeClass.Near, 1_000)]
    [InlineData(875, FeeClass.Near, 1_000)]
    [InlineData(874, FeeClass.Below, 1_000)]
    public void The_class_of_fees_follows_from_the_next_base_fee_and_the_lowest_after_it(ulong fee, FeeClass expected, ulong baseFee = 7)
    {
        _story.Story.BaseFee = baseFee;
        _story.Story.GasUsed = 15_000_000; // the base fee stays
        _story.Story.Block("b1").Arrives("tx", "anna", 0, fee: fee, tip: 1);

        var list = Listed.Of(_story.Story);

        Assert.Equal(new Wei(baseFee), list.Fees!.Value.NextBaseFee);
        Assert.Equal(expected, Listed.Row(list, "tx").FeeClassAt(list.Fees));
        Assert.Equal(1, list.ByFee[(int)expected]);
    }

    [Theory]
    [InlineData(1_500, 100, 100)]
    [InlineData(1_050, 100, 50)]
    [InlineData(1_000, 100, 0)]
    public void The_tip_is_what_the_cap_leaves_of_it(ulong fee, ulong tip, ulong expected)
    {
        _story.Story.BaseFee = 1_000;
        _story.Story.GasUsed = 15_000_000;
        _story.Story.Block("b1").Arrives("tx", "anna", 0, fee: fee, tip: tip);

        var list = Listed.Of(_story.Story);

        Assert.Equal((new Wei(expected), new Wei(1_000 + expected)), (Listed.Row(list, "tx").TipAt(list.Fees)!.Value, Listed.Row(list, "tx").PriceAt(list.Fees)!.Value));
    }

    [Fact]
    public void Below_the_base_fee_there_is_no_tip()
    {
        _story.Story.BaseFee = 1_000;
        _story.Story.Block("b1").Arrives("tx", "anna", 0, fee: 800, tip: 100);

        var list = Listed.Of(_story.Story);

        Assert.Equal((null, new Wei(800)), (Listed.Row(list, "tx").TipAt(list.Fees), Listed.Row(list, "tx").PriceAt(list.Fees)!.Value));
    }

    [Fact]
    public void Slices_list_what_a_walk_at_once_lists_and_states_are_those_of_the_end()
    {
        _story.Story.Arrives("a0", "anna", 0).Arrives("b0tx", "bob", 0).Arrives("a2", "anna", 2).Arrives("c0", "carl", 0);
        var walk = new ListWalk(RankProfile.Default, TxList.Empty);
        Assert.True(walk.Continue(_story.Story.Engine, most: 3));

        _story.Story.Block("b1", "b0tx").Arrives("a1", "anna", 1); // one settles, one that was visited as queued becomes pending, one comes

        Assert.False(walk.Continue(_story.Story.Engine, most: 3));
        var list = walk.End(_story.Story.Engine);
        Assert.Equal(["a0", "a2", "c0", "a1"], Listed.Names(list.Rows, "a0", "a1", "a2", "b0tx", "c0"));
        Assert.All(list.Rows, static row => Assert.Equal(TxState.Pending, row.State));
        Assert.Equal(_story.Story.Engine.Applied, list.AsOf);
        Assert.Equal(Listed.Of(_story.Story).Rows.Select(static row => (row.Hash, row.State)), list.Rows.Select(static row => (row.Hash, row.State)));
    }

    [Fact]
    public void One_that_settles_and_is_reopened_during_a_walk_is_listed_once()
    {
        _story.Story.Arrives("a", "anna", 0).Arrives("b", "bob", 0);
        var walk = new ListWalk(RankProfile.Default, TxList.Empty);
        Assert.True(walk.Continue(_story.Story.Engine, most: 1));

        _story.Story.Block("b1", "a").BlockOn("b0", "b1-prime").Block("b2-prime"); // the reorg reopens it, at the end of the order

        Assert.True(walk.Continue(_story.Story.Engine, most: 2));
        Assert.False(walk.Continue(_story.Story.Engine, most: 2));
        Assert.Equal(["b", "a"], Listed.Names(walk.End(_story.Story.Engine).Rows, "a", "b"));
    }

    [Fact]
    public void A_row_that_does_not_change_is_that_of_the_list_before()
    {
        _story.Swaps("one", 500, 0).Calls("two", PoolStory.Token, PoolStory.TransferCall(5));
        var before = Listed.Of(_story.Story);

        _story.Story.Seen("two", "beta");
        var after = Listed.Of(_story.Story, before);

        Assert.Same(Listed.Row(before, "one"), Listed.Row(after, "one"));
        Assert.NotSame(Listed.Row(before, "two"), Listed.Row(after, "two"));
        Assert.Same(Listed.Row(before, "two").Body, Listed.Row(after, "two").Body);
        Assert.Equal((0u, 1u), (Listed.Row(before, "two").Sightings, Listed.Row(after, "two").Sightings));
    }

    [Fact]
    public void A_list_with_a_list_before_it_says_what_one_without_says_also_after_blocks_and_reorgs()
    {
        var before = TxList.Empty;
        string[] steps = ["swap", "block", "seen", "gap", "fill", "fork", "swap2"];
        foreach (string step in steps)
        {
            _ = step switch
            {
                "swap" => _story.Swaps("swap", 500, 480).Story,
                "block" => _story.Story.Block("b1"),
                "seen" => _story.Story.Seen("swap", "beta"),
                "gap" => _story.Story.Arrives("g2", "gina", 2),
                "fill" => _story.Story.Arrives("g1", "gina", 1),
                "fork" => _story.Story.BlockOn("b0", "b1-prime").Block("b2-prime"),
                _ => _story.Swaps("swap2", 900, 0).Story,
            };
            before = Listed.Of(_story.Story, before);

            var afresh = Listed.Of(_story.Story);
            Assert.Equal(afresh.Rows.Select(Text), before.Rows.Select(Text));
            Assert.Equal((afresh.Fees, afresh.AsOf), (before.Fees, before.AsOf));
            Assert.Equal(afresh.ByState.Concat(afresh.ByFee), before.ByState.Concat(before.ByFee));
        }
    }

    private static string Text(ListedTx row) =>
        $"{row with { Flags = [], HeardBy = [], Body = null }} {row.Body} {string.Join(' ', row.Flags.Where(static flag => flag.Standing == FlagStanding.Present))} {string.Join(' ', row.HeardBy)}";
}
