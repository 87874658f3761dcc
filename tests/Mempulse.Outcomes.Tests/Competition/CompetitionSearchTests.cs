using System.Numerics;
using CsCheck;
using Mempulse.Outcomes.Competition;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Competition;

/// <summary>What took the place of a bundle is found by execution, and nothing more than what was executed is claimed.</summary>
public sealed class CompetitionSearchTests
{
    private static readonly Gen<string> Blocks = Gen.String[Gen.Char["tf.."], 0, 40];

    [Fact]
    public void The_transaction_that_took_the_pot_is_named_with_the_slot_and_the_value_that_it_leaves()
    {
        var found = new PotBlock("...t....").Search();

        Assert.Equal((CompetitionFinding.TakenByTransaction, 3, Named.Tx("tx 3")), (found.Finding, found.Index!.Value, found.Competitor!.Value));
        Assert.Equal(WeiDelta.Gain(new Wei(PotBlock.Amount)), found.Profit);
        Assert.Equal(new ContractSlot(PotBlock.Pot, new ObservedSlot(0, 0)), Assert.Single(found.Conflicts));
        Assert.Equal("Right before transaction 3 the bundle gains 100 wei; right after it, it fails: its transaction 0 ends with Revert.", found.Detail);
    }

    [Fact]
    public void A_bundle_that_pays_at_the_end_was_left_out_for_another_reason()
    {
        var found = new PotBlock("..f.").Search();

        Assert.Equal((CompetitionFinding.PaysThroughout, null, WeiDelta.Gain(new Wei(PotBlock.Amount))), (found.Finding, found.Competitor, found.Profit));
    }

    [Fact]
    public void A_bundle_that_does_not_pay_at_the_start_was_stale()
    {
        var found = new PotBlock("....", isFull: false).Search();

        Assert.Equal((CompetitionFinding.PaysNowhere, null), (found.Finding, found.Competitor));
        Assert.Equal("At the start of the block the bundle fails: its transaction 0 ends with Revert.", found.Detail);
    }

    [Fact]
    public void The_victim_in_the_block_is_not_executed_twice_and_is_not_named_as_the_competitor()
    {
        var found = new PotBlock(".v.t.", isFull: false).Search(withVictim: true);

        Assert.Equal((CompetitionFinding.TakenByTransaction, 3), (found.Finding, found.Index!.Value));
    }

    [Fact]
    public void An_empty_block_has_one_place()
    {
        var found = new PotBlock(string.Empty).Search();

        Assert.Equal((CompetitionFinding.PaysThroughout, 1), (found.Finding, found.Executions));
    }

    [Fact]
    public void A_block_that_does_not_do_what_its_receipts_say_decides_nothing()
    {
        var found = new PotBlock("...t....").Search(lyingReceipt: 1);

        Assert.Equal((CompetitionFinding.Undecided, null), (found.Finding, found.Competitor));
        Assert.StartsWith("The execution does not agree with the block: transaction 1 ", found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void State_that_is_missing_is_named_and_what_was_tried_is_not_tried_again()
    {
        var block = new PotBlock("...t....") { HidesPotOnce = true };
        var search = new CompetitionSearch(PotBlock.Executor(), block.Question());

        var first = search.Run(block);
        var found = (CompetitionAnswer.Decided)search.Run(block);

        Assert.IsType<CompetitionAnswer.StateMissing>(first);
        Assert.Equal(new PotBlock("...t....").Search().Executions, found.Executions);
    }

    [Fact]
    public void Every_claim_holds_in_any_block_and_takes_at_most_as_many_executions_as_promised()
    {
        Gen.Select(Blocks, Gen.Bool).Sample(
            static (transactions, isFull) =>
            {
                bool[] full = PotBlock.Full(transactions, isFull);

                var found = new PotBlock(transactions, isFull).Search();

                bool holds = found.Finding switch
                {
                    CompetitionFinding.TakenByTransaction => full[found.Index!.Value] && !full[found.Index.Value + 1],
                    CompetitionFinding.PaysThroughout => full[^1],
                    CompetitionFinding.PaysNowhere => !full[0],
                    _ => false,
                };
                int most = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)transactions.Length + 2));
                return holds && found.Executions <= most;
            },
            iter: 400);
    }
}
