using Mempulse.Features.Flags;
using Mempulse.Features.Tests.Stories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Flags;

/// <summary>Each risk is present, absent or unknown by what the transaction says and the fold knows, and carries its number.</summary>
public sealed class FlagTests
{
    private readonly PoolStory _story = new();

    [Fact]
    public void A_waiting_transaction_is_replaceable_at_the_least_fee_that_outbids_it()
    {
        _story.Story.Block("b0");
        _story.Swaps("t", 1, 1);

        Assert.Equal(Present(RiskFlagKind.Replaceable, 110), Flag("t", RiskFlagKind.Replaceable));
        _story.Story.Decoded(new ScenarioTx("low", "sender-t", 0) { Fee = 109, Tip = 11 });
        Assert.Equal(TxState.Pending, _story.Story.StateOf("t"));
        _story.Story.Decoded(new ScenarioTx("enough", "sender-t", 0) { Fee = 110, Tip = 11 });
        Assert.Equal(TxState.Replaced, _story.Story.StateOf("t"));

        Assert.Equal(Absent(RiskFlagKind.Replaceable), Flag("t", RiskFlagKind.Replaceable));
    }

    [Fact]
    public void An_included_transaction_is_not_replaceable()
    {
        _story.Swaps("t", 1, 1);
        _story.Story.Block("b1", "t");

        Assert.Equal(Absent(RiskFlagKind.Replaceable), Flag("t", RiskFlagKind.Replaceable));
    }

    [Fact]
    public void Missing_nonces_are_counted_and_unknown_while_the_next_nonce_is_only_assumed()
    {
        _story.Calls("alone", PoolStory.Router, PoolStory.SwapCall(1, 1), static tx => tx with { Nonce = 5 });
        Assert.Equal(Unknown(RiskFlagKind.NonceGap), Flag("alone", RiskFlagKind.NonceGap));

        _story.Story.NonceReported("sender-alone", 2);
        Assert.Equal(Present(RiskFlagKind.NonceGap, 3), Flag("alone", RiskFlagKind.NonceGap));

        _story.Story.Arrives("between", "sender-alone", 3);
        Assert.Equal(Present(RiskFlagKind.NonceGap, 2), Flag("alone", RiskFlagKind.NonceGap));

        _story.Story.NonceReported("sender-alone", 5);
        Assert.Equal(Absent(RiskFlagKind.NonceGap), Flag("alone", RiskFlagKind.NonceGap));
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(6, 1)]
    [InlineData(2, 5)]
    public void A_fee_cap_below_the_next_base_fee_is_underpriced_by_the_difference(ulong fee, ulong lacking)
    {
        _story.Calls("t", PoolStory.Router, PoolStory.SwapCall(1, 1), tx => tx with { Fee = fee, Tip = 1 });
        Assert.Equal(Unknown(RiskFlagKind.Underpriced), Flag("t", RiskFlagKind.Underpriced));

        _story.Story.Block("b1");

        Assert.Equal(lacking == 0 ? Absent(RiskFlagKind.Underpriced) : Present(RiskFlagKind.Underpriced, lacking), Flag("t", RiskFlagKind.Underpriced));
    }

    [Fact]
    public void A_call_of_a_contract_that_the_registry_does_not_know_is_flagged_and_a_payment_is_not()
    {
        _story.Swaps("known", 1, 1).Calls("unknown", PoolStory.Stranger, [1, 2, 3, 4]);
        _story.Story.Decoded(new ScenarioTx("payment", "payer", 0));

        Assert.Equal(Absent(RiskFlagKind.UnknownTo), Flag("known", RiskFlagKind.UnknownTo));
        Assert.Equal(Present(RiskFlagKind.UnknownTo), Flag("unknown", RiskFlagKind.UnknownTo));
        Assert.Equal(Absent(RiskFlagKind.UnknownTo), Flag("payment", RiskFlagKind.UnknownTo));
    }

    [Fact]
    public void A_swap_without_a_deadline_or_with_one_beyond_time_is_flagged()
    {
        _story.Swaps("timed", 1, 1, deadline: 1_800_000_000).Swaps("untimed", 1, 1).Swaps("endless", 1, 1, deadline: UInt256.MaxValue);
        _story.Calls("transfer", PoolStory.Token, PoolStory.TransferCall(1)).Calls("unknown", PoolStory.Stranger, [1, 2, 3, 4]);

        Assert.Equal(Absent(RiskFlagKind.NoDeadline) with { Number = 1_800_000_000 }, Flag("timed", RiskFlagKind.NoDeadline));
        Assert.Equal(Present(RiskFlagKind.NoDeadline), Flag("untimed", RiskFlagKind.NoDeadline));
        Assert.Equal(Present(RiskFlagKind.NoDeadline), Flag("endless", RiskFlagKind.NoDeadline));
        Assert.Equal(Absent(RiskFlagKind.NoDeadline), Flag("transfer", RiskFlagKind.NoDeadline));
        Assert.Equal(Unknown(RiskFlagKind.NoDeadline), Flag("unknown", RiskFlagKind.NoDeadline));
    }

    [Theory]
    [InlineData(100_000_000_000UL, FlagStanding.Absent)]
    [InlineData(100_000_000_001UL, FlagStanding.Present)]
    public void The_year_5138_is_the_last_that_is_a_deadline(ulong seconds, FlagStanding standing)
    {
        _story.Swaps("t", 1, 1, deadline: seconds);

        Assert.Equal(standing, Flag("t", RiskFlagKind.NoDeadline).Standing);
    }

    [Fact]
    public void Approvals_without_a_limit_are_counted_and_unknown_where_a_call_is_not_understood()
    {
        var half = new UInt256(0, 0, 0, 1UL << 63);
        _story.Calls("all", PoolStory.Token, PoolStory.ApproveCall(UInt256.MaxValue)).Calls("half", PoolStory.Token, PoolStory.ApproveCall(half));
        _story.Calls("some", PoolStory.Token, PoolStory.ApproveCall(1_000)).Calls("unknown", PoolStory.Stranger, [1, 2, 3, 4]);

        Assert.Equal(Present(RiskFlagKind.UnlimitedApproval, 1), Flag("all", RiskFlagKind.UnlimitedApproval));
        Assert.Equal(Present(RiskFlagKind.UnlimitedApproval, 1), Flag("half", RiskFlagKind.UnlimitedApproval));
        Assert.Equal(Absent(RiskFlagKind.UnlimitedApproval), Flag("some", RiskFlagKind.UnlimitedApproval));
        Assert.Equal(Unknown(RiskFlagKind.UnlimitedApproval), Flag("unknown", RiskFlagKind.UnlimitedApproval));
    }

    [Fact]
    public void Tuples_that_delegate_code_are_counted()
    {
        _story.Calls("plain", PoolStory.Router, PoolStory.SwapCall(1, 1));
        _story.Calls("tuples", PoolStory.Router, PoolStory.SwapCall(1, 1), static tx => tx with { Type = TxType.SetCode, Authorizes = [("one", 0), ("two", 0)] });

        Assert.Equal(Absent(RiskFlagKind.DelegatedCode), Flag("plain", RiskFlagKind.DelegatedCode));
        Assert.Equal(Present(RiskFlagKind.DelegatedCode, 2), Flag("tuples", RiskFlagKind.DelegatedCode));
    }

    [Fact]
    public void The_larger_share_of_failed_calls_of_sender_and_target_is_shown()
    {
        _story.Swaps("new", 1, 1);
        Assert.Equal(Unknown(RiskFlagKind.FailureHistory), Flag("new", RiskFlagKind.FailureHistory));

        Included("good", ExecutionOutcome.Succeeded);
        Assert.Equal(Absent(RiskFlagKind.FailureHistory) with { Number = UInt256.Zero }, Flag("new", RiskFlagKind.FailureHistory));

        Included("bad", ExecutionOutcome.Reverted);
        Assert.Equal(Present(RiskFlagKind.FailureHistory, 5_000), Flag("new", RiskFlagKind.FailureHistory));
        Assert.Equal(Present(RiskFlagKind.FailureHistory, 10_000), Flag("bad", RiskFlagKind.FailureHistory));
    }

    private void Included(string tx, ExecutionOutcome outcome)
    {
        _story.Swaps(tx, 1, 1);
        _story.Story.Outcome = outcome;
        _story.Story.Block($"block-{tx}", tx);
    }

    private RiskFlag Flag(string tx, RiskFlagKind kind) => Flagged.Of(_story, tx, kind);

    private static RiskFlag Present(RiskFlagKind kind, UInt256? number = null) => new(kind, FlagStanding.Present) { Number = number };

    private static RiskFlag Absent(RiskFlagKind kind) => new(kind, FlagStanding.Absent);

    private static RiskFlag Unknown(RiskFlagKind kind) => new(kind, FlagStanding.Unknown);
}
