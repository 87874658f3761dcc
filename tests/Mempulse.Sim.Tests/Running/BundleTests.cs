using System.Numerics;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Tests.Running;

/// <summary>What a bundle means: order, nonces, fees, what a failure leaves and what it takes with it, and every limit at its exact value.</summary>
public sealed class BundleTests
{
    private const ulong Transfer = 21_000;

    /// <summary>Stores and returns SLOAD(0) * 2 + CALLDATALOAD(0), so that the order of calls shows.</summary>
    private static readonly byte[] s_double = Convert.FromHexString("5f546002025f3501805f555f5260205ff3");

    [Fact]
    public void Transactions_run_in_their_order_and_each_sees_the_state_of_those_before()
    {
        var forward = Accumulating(1, 2);
        var backward = Accumulating(2, 1);

        Assert.Equal([1, 4], Values(forward.Run().Result));
        Assert.Equal([2, 5], Values(backward.Run().Result));
    }

    [Fact]
    public void An_allowed_revert_undoes_its_changes_and_logs_and_keeps_its_nonce_and_fee()
    {
        var scenario = new SimScenario();
        var counter = scenario.Contract(1, s_double);
        scenario.State.Add(counter, 0, 0);

        // CALL counter with 5, LOG0, then REVERT.
        var failing = scenario.Contract(2, [0x60, 5, 0x5f, 0x52, 0x5f, 0x5f, 0x60, 0x20, 0x5f, 0x5f, 0x73, .. counter.ToArray(), 0x5a, 0xf1, 0x5f, 0x5f, 0xa0, 0x5f, 0x5f, 0xfd]);
        scenario.Call(0, failing, revert: RevertPolicy.MayRevert).Call(0, counter, input: Word(1));

        var result = scenario.Run().Result;

        Assert.IsType<SimOutcome.Ok>(result.Outcome);
        Assert.Empty(result.Transactions[0].Logs);
        Assert.Equal(1, result.Transactions[1].Output.Span[^1]);
        Assert.Equal((false, true), (result.Transactions[0].IsSuccess, result.Transactions[1].IsSuccess));
        Assert.Equal(result.Transactions.Aggregate(0UL, (sum, transaction) => sum + transaction.GasUsed), result.GasUsed);
        Assert.Equal(new BigInteger(result.GasUsed) * 3, result.CoinbasePayment);
        Assert.Equal(-new BigInteger(result.GasUsed) * 10, result.Profit);
    }

    [Theory]
    [InlineData(0UL, TxRejection.NonceTooLow)]
    [InlineData(2UL, TxRejection.NonceTooHigh)]
    public void A_second_nonce_that_does_not_follow_ends_the_bundle_after_the_first(ulong nonce, TxRejection reason)
    {
        var scenario = new SimScenario().Call(0, SimScenario.Signers[1].Account, value: 5).Call(0, SimScenario.Signers[1].Account, nonce: nonce);
        scenario.Call(1, SimScenario.Signers[2].Account, value: 7);

        var result = scenario.Run().Result;

        Assert.Equal(new SimOutcome.InvalidTransaction(1, reason), result.Outcome);
        Assert.Single(result.Transactions);
        Assert.Equal((Transfer, new BigInteger(Transfer * 3), -new BigInteger((Transfer * 10) + 5)), (result.GasUsed, result.CoinbasePayment, result.Profit));
    }

    [Fact]
    public void An_invalid_transaction_that_may_revert_is_still_invalid()
    {
        var scenario = new SimScenario().Call(0, SimScenario.Signers[1].Account, nonce: 1, revert: RevertPolicy.MayRevert);

        Assert.Equal(new SimOutcome.InvalidTransaction(0, TxRejection.NonceTooHigh), scenario.Run().Result.Outcome);
    }

    [Theory]
    [InlineData(Status.Revert, "5f5ffd")]
    [InlineData(Status.InvalidInstruction, "fe")]
    public void A_failure_ends_the_bundle_unless_that_transaction_may_fail(Status status, string code)
    {
        foreach (int failing in (int[])[0, 1])
        {
            foreach (var policy in (RevertPolicy[])[RevertPolicy.MustSucceed, RevertPolicy.MayRevert])
            {
                var scenario = new SimScenario();
                var bad = scenario.Contract(1, Convert.FromHexString(code));
                var good = scenario.Contract(2, 0x00);
                for (int i = 0; i < 3; i++)
                {
                    // The others have the opposite policy, which must not decide.
                    scenario.Call(0, i == failing ? bad : good, gas: 100_000, revert: i == failing ? policy : policy ^ RevertPolicy.MayRevert);
                }

                var result = scenario.Run().Result;

                bool ends = policy == RevertPolicy.MustSucceed;
                SimOutcome failure = status == Status.Revert ? new SimOutcome.Reverted(failing, new RevertReason.Silent()) : new SimOutcome.Halted(failing, status);
                Assert.Equal(ends ? failure : new SimOutcome.Ok(), result.Outcome);
                Assert.Equal(ends ? failing : null, OutcomeText.IndexOf(result.Outcome));
                Assert.Equal(ends ? failing + 1 : 3, result.Transactions.Count);
                Assert.Equal(status, result.Transactions[failing].Status);
                Assert.Equal(status == Status.Revert, result.Transactions[failing].Revert is not null);
            }
        }
    }

    [Fact]
    public void A_payment_to_the_coinbase_counts_for_its_transaction_and_the_bundle()
    {
        var scenario = new SimScenario().Call(0, SimScenario.Coinbase, value: 1_000).Call(1, SimScenario.Signers[0].Account, value: 9);

        var result = scenario.Run().Result;

        Assert.Equal([(UInt256)(1_000 + (Transfer * 3)), (UInt256)(Transfer * 3)], result.Transactions.Select(transaction => transaction.CoinbasePayment));
        Assert.Equal(1_000 + (2 * Transfer * 3), result.CoinbasePayment);
        Assert.Equal(9 - new BigInteger(1_000 + (Transfer * 10)), result.Profit); // the sender of the first transaction
    }

    [Fact]
    public void A_coinbase_that_pays_has_a_negative_payment_over_the_bundle_and_none_per_transaction()
    {
        var scenario = new SimScenario { Block = new SimScenario().Block with { Coinbase = SimScenario.Signers[0].Account } };
        scenario.Call(0, SimScenario.Signers[1].Account, value: 500);

        var result = scenario.Run().Result;

        Assert.Equal(-new BigInteger(500 + (Transfer * 7)), result.CoinbasePayment);
        Assert.Equal(result.CoinbasePayment, result.Profit);
        Assert.Equal(UInt256.Zero, Assert.Single(result.Transactions).CoinbasePayment);
    }

    [Fact]
    public void The_profit_is_that_of_the_named_account()
    {
        var scenario = new SimScenario().Call(0, SimScenario.Signers[1].Account, value: 77);

        var result = scenario.Run(scenario.Request() with { Account = SimScenario.Signers[1].Account }).Result;

        Assert.Equal((SimScenario.Signers[1].Account, new BigInteger(77)), (result.Account, result.Profit));
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void The_fee_cap_must_reach_the_base_fee(int baseFee, bool isValid)
    {
        var scenario = new SimScenario { Block = new SimScenario().Block with { BaseFee = (ulong)baseFee } }.Call(0, SimScenario.Signers[1].Account);

        var result = scenario.Run().Result;

        Assert.Equal(isValid ? new SimOutcome.Ok() : new SimOutcome.InvalidTransaction(0, TxRejection.FeeCapBelowBaseFee), result.Outcome);
        Assert.Equal(BigInteger.Zero, result.CoinbasePayment); // at the cap, nothing is left for a tip
    }

    [Theory]
    [InlineData(50_000, 50_000, true)]
    [InlineData(50_000, 50_001, false)]
    public void A_gas_limit_may_be_that_of_the_block(ulong blockLimit, ulong gas, bool isValid)
    {
        var scenario = Within(blockLimit).Call(0, SimScenario.Signers[1].Account, gas: gas);

        Assert.Equal(isValid ? new SimOutcome.Ok() : new SimOutcome.InvalidTransaction(0, TxRejection.GasAboveBlock), scenario.Run().Result.Outcome);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void What_the_transactions_before_used_is_not_left_for_the_next(int more, bool isValid)
    {
        var scenario = Within((2 * Transfer) + 30_000)
            .Call(0, SimScenario.Signers[1].Account, gas: 60_000) // uses 21,000 of it
            .Call(0, SimScenario.Signers[1].Account, gas: 40_000)
            .Call(0, SimScenario.Signers[1].Account, gas: 30_000 + (ulong)more);

        var result = scenario.Run().Result;

        Assert.Equal(isValid ? new SimOutcome.Ok() : new SimOutcome.InvalidTransaction(2, TxRejection.GasAboveBlock), result.Outcome);
        Assert.Equal(isValid ? 3 : 2, result.Transactions.Count);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, 1)]
    public void The_gas_limits_of_a_bundle_may_add_up_to_exactly_its_limit(long difference, int? failing)
    {
        var scenario = new SimScenario { Limits = new SimLimits { MaxGas = (ulong)(100_000 + difference) } };
        scenario.Call(0, SimScenario.Signers[1].Account, gas: 60_000).Call(0, SimScenario.Signers[1].Account, gas: 40_000);

        Assert.Equal(failing is { } index ? new SimOutcome.LimitExceeded(SimLimit.Gas, index) : new SimOutcome.Ok(), scenario.Run().Result.Outcome);
    }

    [Theory]
    [InlineData(2, 0, true)]
    [InlineData(1, 0, false)]
    [InlineData(2, -1, false)]
    public void A_bundle_may_have_exactly_as_many_transactions_and_bytes_as_its_limits(int transactions, int bytes, bool isValid)
    {
        var scenario = new SimScenario().Call(0, SimScenario.Signers[1].Account).Call(0, SimScenario.Signers[1].Account);
        int size = scenario.Bundle.Sum(transaction => transaction.Raw.Length);
        scenario.Limits = new SimLimits { MaxTransactions = transactions, MaxBundleBytes = size + bytes };

        Assert.Equal(isValid ? new SimOutcome.Ok() : new SimOutcome.LimitExceeded(SimLimit.BundleSize, 0), scenario.Run().Result.Outcome);
    }

    [Theory]
    [InlineData(6, null)]
    [InlineData(5, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 0)]
    public void Instructions_are_counted_over_all_transactions(long steps, int? failing)
    {
        var scenario = new SimScenario { Limits = new SimLimits { MaxSteps = steps } };
        var three = scenario.Contract(1, 0x5f, 0x50, 0x00);
        scenario.Call(0, three).Call(0, three);

        var result = scenario.Run().Result;

        Assert.Equal(failing is { } index ? new SimOutcome.LimitExceeded(SimLimit.Steps, index) : new SimOutcome.Ok(), result.Outcome);
        Assert.Equal(failing ?? 2, result.Transactions.Count);
    }

    [Fact]
    public void Trace_bytes_are_counted_over_all_transactions()
    {
        SimScenario Calls(long limit, int count)
        {
            var scenario = new SimScenario { Limits = new SimLimits { MaxTraceBytes = limit } };
            var contract = scenario.Contract(1, 0x00);
            for (int i = 0; i < count; i++)
            {
                scenario.Call(0, contract, input: new byte[1_000]);
            }

            return scenario;
        }

        long tooLittle = 0;
        long one = 1 << 15;
        while (one - tooLittle > 1)
        {
            long middle = (one + tooLittle) / 2;
            (tooLittle, one) = Calls(middle, 1).Run().Result.Outcome is SimOutcome.Ok ? (tooLittle, middle) : (middle, one);
        }

        Assert.IsType<SimOutcome.Ok>(Calls(2 * one, 2).Run().Result.Outcome);
        Assert.Equal(new SimOutcome.LimitExceeded(SimLimit.TraceSize, 1), Calls((2 * one) - 1, 2).Run().Result.Outcome);
    }

    [Fact]
    public void Memory_below_the_least_is_raised_to_it()
    {
        var scenario = new SimScenario { Limits = new SimLimits { MaxMemoryBytes = 1 } };
        scenario.Call(0, scenario.Contract(1, Convert.FromHexString("5f6220000052")), gas: 16_000_000); // MSTORE at 2 MiB

        Assert.IsType<SimOutcome.Ok>(scenario.Run().Result.Outcome);
    }

    [Fact]
    public void Missing_state_leaves_the_results_before_it_and_nothing_of_the_transaction_that_misses_it()
    {
        var scenario = new SimScenario();
        var contract = scenario.Contract(1, Convert.FromHexString("5f5f5f5f6001" + "73" + new string('9', 40) + "5af1")); // pays 1 wei to an unknown account
        scenario.Call(0, SimScenario.Signers[1].Account, value: 5).Call(0, contract, value: 3);

        var result = scenario.Run().Result;

        Assert.Equal(new SimOutcome.StateMissing(new StateGap.OfAccount(Address.Parse("0x" + new string('9', 40)))), result.Outcome);
        Assert.Single(result.Transactions);
        Assert.Equal((new BigInteger(Transfer * 3), -new BigInteger((Transfer * 10) + 5)), (result.CoinbasePayment, result.Profit));
    }

    [Fact]
    public void A_limit_leaves_the_results_before_it_and_nothing_of_the_transaction_that_reached_it()
    {
        var scenario = new SimScenario { Limits = new SimLimits { MaxSteps = 100 } };
        scenario.Call(0, SimScenario.Signers[1].Account, value: 5).Call(0, scenario.Contract(1, Convert.FromHexString("5b600056")), value: 3);

        var result = scenario.Run().Result;

        Assert.Equal(new SimOutcome.LimitExceeded(SimLimit.Steps, 1), result.Outcome);
        Assert.Equal((Transfer, new BigInteger(Transfer * 3), -new BigInteger((Transfer * 10) + 5)), (result.GasUsed, result.CoinbasePayment, result.Profit));
    }

    [Fact]
    public void A_sender_may_have_no_code_but_a_delegation()
    {
        SimOutcome Run(byte[] code)
        {
            var scenario = new SimScenario().Call(0, SimScenario.Signers[1].Account);
            var contract = ContractCode.Of(code);
            scenario.State.Add(SimScenario.Signers[0].Account, new AccountRecord(1_000_000_000_000, 0, contract.Hash, HasStorage: false));
            scenario.State.Add(contract);
            return scenario.Run().Result.Outcome;
        }

        Assert.IsType<SimOutcome.Ok>(Run([]));
        Assert.Equal(new SimOutcome.InvalidTransaction(0, TxRejection.SenderIsContract), Run([0x00]));
        Assert.IsType<SimOutcome.Ok>(Run([0xef, 0x01, 0x00, .. SimScenario.Signers[1].Account.ToArray()]));
    }

    [Fact]
    public void Missing_accounts_of_the_coinbase_and_of_the_profit_are_named_before_anything_runs()
    {
        var coinbase = new SimScenario { Block = new SimScenario().Block with { Coinbase = SimScenario.AddressOf(90) } }.Call(0, SimScenario.Signers[1].Account);
        var account = new SimScenario().Call(0, SimScenario.Signers[1].Account);

        var missing = new SimOutcome.StateMissing(new StateGap.OfAccount(SimScenario.AddressOf(90)));
        Assert.Equal(missing, coinbase.Run().Result.Outcome);
        Assert.Equal(missing, coinbase.Run(coinbase.Request() with { Transactions = [] }).Result.Outcome);
        Assert.Equal(
            new SimOutcome.StateMissing(new StateGap.OfAccount(SimScenario.AddressOf(91))),
            account.Run(account.Request() with { Account = SimScenario.AddressOf(91) }).Result.Outcome);
    }

    [Fact]
    public void Overrides_replace_what_they_name_and_keep_the_rest()
    {
        var scenario = new SimScenario();
        var target = scenario.Contract(1, Convert.FromHexString("5f545f52" + "6001546020" + "52" + "4760405260605ff3")); // SLOAD(0), SLOAD(1), SELFBALANCE
        scenario.State.Add(target, 0, 10);
        scenario.State.Add(target, 1, 11);
        scenario.Call(0, target, nonce: 4);
        StateOverride[] overrides =
        [
            new(SimScenario.Signers[0].Account, null, 4, null, []),
            new(target, 99, null, null, [new(1, 55)]),
        ];

        var run = scenario.Run(scenario.Request() with { Overrides = overrides });

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal([10, 55, 99], run.Result.Transactions[0].Output.ToArray().Chunk(UInt256.Size).Select(word => (int)word[^1]));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void The_blobs_of_a_bundle_fit_into_one_block_of_nine(int more, bool isValid)
    {
        var result = new SimScenario().Blobs(0, 6).Blobs(0, more).Run().Result;

        Assert.Equal(isValid ? new SimOutcome.Ok() : new SimOutcome.InvalidTransaction(1, TxRejection.TooManyBlobs), result.Outcome);
    }

    private static SimScenario Within(ulong blockGas) => new() { Block = new SimScenario().Block with { GasLimit = blockGas } };

    private static SimScenario Accumulating(byte first, byte second)
    {
        var scenario = new SimScenario();
        var contract = scenario.Contract(1, s_double);
        scenario.State.Add(contract, 0, 0);
        return scenario.Call(0, contract, input: Word(first)).Call(0, contract, input: Word(second));
    }

    private static IEnumerable<int> Values(SimResult result) => result.Transactions.Select(transaction => (int)transaction.Output.Span[^1]);

    private static byte[] Word(byte value) => [.. new byte[31], value];
}
