using CsCheck;
using Mempulse.Builder.Assembly;
using Mempulse.Builder.Execution;
using Mempulse.Primitives;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Builder.Tests.Assembly;

/// <summary>Which opportunities become a bundle, on which terms.</summary>
public sealed class BundleAssemblyTests
{
    private static readonly BundleTerms s_terms = MadeCandidates.Terms;

    [Fact]
    public void Of_two_opportunities_on_one_pool_the_better_one_is_taken()
    {
        var draft = BundleAssembly.Choose([MadeCandidates.Of("low", 10, "shared"), MadeCandidates.Of("high", 20, "shared")], s_terms)!;

        Assert.Equal(Named.Tx("opp high"), Assert.Single(draft.Legs).Candidate.Opportunity);
    }

    [Fact]
    public void Of_two_opportunities_behind_one_sender_the_better_one_is_taken()
    {
        var low = MadeCandidates.Of("low", 10);
        var high = MadeCandidates.Of("high", 20) with { Transactions = [low.Transactions[0] with { Hash = Named.Tx("another of the same sender") }] };

        Assert.Equal(Named.Tx("opp high"), Assert.Single(BundleAssembly.Choose([low, high], s_terms)!.Legs).Candidate.Opportunity);
    }

    [Fact]
    public void Opportunities_that_do_not_touch_are_merged_best_first_with_nonces_that_ascend()
    {
        var draft = BundleAssembly.Choose([MadeCandidates.Of("low", 10), MadeCandidates.Of("high", 20)], s_terms)!;

        Assert.Equal([Named.Tx("opp high"), Named.Tx("opp low")], draft.Legs.Select(static leg => leg.Candidate.Opportunity));
        Assert.Equal([7UL, 8UL], draft.Legs.Select(static leg => leg.Own.Nonce.Value));
        Assert.Equal(draft.Legs[0].ExpectedProfit + draft.Legs[1].ExpectedProfit, draft.ExpectedProfit);
    }

    [Fact]
    public void Opportunities_are_taken_as_long_as_the_operator_can_pay_the_gas_of_all_of_them()
    {
        BundleCandidate[] both = [MadeCandidates.Of("low", 10), MadeCandidates.Of("high", 20)];
        var costOfOne = UInt256.FromUInt64(1_000_000_002UL) * (3 * 275_000UL);

        Assert.Equal(2, BundleAssembly.Choose(both, Having(costOfOne * 2))!.Legs.Count);
        Assert.Equal(Named.Tx("opp high"), Assert.Single(BundleAssembly.Choose(both, Having((costOfOne * 2) - 1))!.Legs).Candidate.Opportunity);
        Assert.Empty(BundleAssembly.ShortageOf(both, Having(costOfOne)));
        Assert.Null(BundleAssembly.Choose(both, Having(costOfOne - 1)));
        Assert.Equal($"The operator {s_terms.Operator} has {costOfOne - 1} wei: the gas of a bundle costs up to {costOfOne} wei.", BundleAssembly.ShortageOf(both, Having(costOfOne - 1)));
        Assert.Empty(BundleAssembly.ShortageOf([MadeCandidates.Of("loses", 0)], Having(default))); // it would not be taken for all the ether there is

        static BundleTerms Having(UInt256 wei) => s_terms with { Funds = new Wei(wei) };
    }

    [Fact]
    public void The_order_in_which_opportunities_come_changes_nothing()
    {
        BundleCandidate[] six = [.. Enumerable.Range(0, 6).Select(static number => MadeCandidates.Of($"number {number}", (ulong)(5 + (number % 3)), number % 2 == 0 ? "shared" : null))];
        var expected = Chosen(six);

        Gen.Shuffle(six).Sample(shuffled => Assert.Equal(expected, Chosen(shuffled)));

        static IReadOnlyList<Hash256> Chosen(IEnumerable<BundleCandidate> candidates) => [.. BundleAssembly.Choose(candidates, s_terms)!.Legs.Select(static leg => leg.Candidate.Opportunity)];
    }

    [Fact]
    public void The_operators_transaction_calls_the_executor_for_the_target_alone_at_the_bound_of_the_fee()
    {
        var candidate = MadeCandidates.Of("one", 10);

        var leg = BundleAssembly.Choose([candidate], s_terms)!.Legs[0];

        var cost = UInt256.FromUInt64(1_000_000_002UL) * 275_000UL;
        UInt256.Divide((candidate.Gain - cost) * 9, 10, out var payment);
        Assert.Equal((payment, s_terms.Executor, new Wei(1_000_000_002), new Wei(2)), (leg.Payment.Value, leg.Own.Recipient!.Value, leg.Own.MaxFeePerGas, leg.Own.MaxPriorityFeePerGas));
        Assert.Equal(ExecutorCall.Encode(candidate.Swaps, cost + 1_000, payment, s_terms.Target), leg.Own.Input.ToArray());
    }

    [Theory]
    [InlineData(1, 10, 10, "1 exchanges")]
    [InlineData(5, 10, 10, "5 exchanges")]
    [InlineData(2, 0, 10, "does not leave 1000 wei")]
    [InlineData(2, 10, 40, "larger than a bundle may be")]
    public void What_cannot_be_in_a_bundle_is_said(int swaps, ulong milliEther, ulong gasMillions, string said)
    {
        var candidate = MadeCandidates.Of("one", milliEther);
        candidate = candidate with
        {
            Swaps = [.. Enumerable.Repeat(candidate.Swaps[0], swaps)],
            Transactions = [candidate.Transactions[0] with { GasLimit = new Gas(gasMillions * 1_000_000) }],
        };

        Assert.Contains(said, BundleAssembly.ProblemOf(candidate, s_terms), StringComparison.Ordinal);
        Assert.Null(BundleAssembly.Choose([candidate], s_terms));
        Assert.Empty(BundleAssembly.ProblemOf(MadeCandidates.Of("good", 10), s_terms));
    }

    [Fact]
    public void A_bundle_stays_within_its_bounds()
    {
        BundleCandidate[] many = [.. Enumerable.Range(0, 12).Select(static number => MadeCandidates.Of($"number {number}", 10))];

        Assert.Equal(8, BundleAssembly.Choose(many, s_terms)!.Legs.Count);
        Assert.Equal(2, BundleAssembly.Choose(many, s_terms with { Bounds = s_terms.Bounds with { Transactions = 5 } })!.Legs.Count);
        Assert.Equal(3, BundleAssembly.Choose(many, s_terms with { Bounds = s_terms.Bounds with { GasLimit = new Gas(5_475_000) } })!.Legs.Count);
        Assert.Equal(2, BundleAssembly.Choose(many, s_terms with { Bounds = s_terms.Bounds with { Bytes = (2 * 1_200) + many[0].Transactions[0].Raw.Length + many[1].Transactions[0].Raw.Length } })!.Legs.Count);
    }

    [Fact]
    public void The_payment_never_takes_the_least_profit()
    {
        Gen.Select(Gen.ULong, Gen.ULong[0, 1UL << 62], Gen.Int[0, PaymentPolicy.Whole], Gen.ULong[0, 1UL << 62]).Sample(static (gain, cost, share, least) =>
        {
            var payment = new PaymentPolicy(share, new Wei(least)).PaymentOf(gain, cost);
            Assert.Equal(gain > cost && gain - cost >= least, payment is not null);
            if (payment is { } paid)
            {
                var surplus = UInt256.FromUInt64(gain - cost);
                Assert.True(surplus - paid.Value >= UInt256.FromUInt64(least));
                UInt256.Divide(surplus * (ulong)share, 10_000, out var wanted);
                Assert.Equal(wanted <= surplus - least ? wanted : surplus - least, paid.Value);
            }
        });
    }

    [Theory]
    [InlineData(8, 1, 9)]
    [InlineData(9, 1, 11)]
    [InlineData(1, 2, 3)]
    [InlineData(0, 5, 0)]
    [InlineData(1_000_000_000, 0, 1_000_000_000)]
    public void The_fee_rises_by_an_eighth_for_each_block_rounded_up(ulong fee, int blocks, ulong bound) =>
        Assert.Equal(new Wei(bound), FeeBound.After(new Wei(fee), blocks));
}
