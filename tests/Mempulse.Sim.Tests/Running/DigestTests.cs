using System.Numerics;
using System.Text.Json;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;

namespace Mempulse.Sim.Tests.Running;

/// <summary>The digest of logs depends on each part of them; token deltas count EIP-20 transfers and nothing else; samples go by the id alone.</summary>
public sealed class DigestTests
{
    private static readonly Hash256 s_transfer = Keccak256.Hash("Transfer(address,address,uint256)"u8);
    private static readonly Address s_me = SimScenario.Signers[0].Account;
    private static readonly Address s_other = SimScenario.AddressOf(8);

    [Fact]
    public void The_digest_of_logs_depends_on_every_part_and_on_the_transaction_of_each_log()
    {
        // Each contract is called in turn; its code emits logs.
        string[][] bundles =
        [
            ["5f5fa0", "5f5fa0"],
            ["5f5fa05f5fa0", "00"],
            ["00", "5f5fa05f5fa0"],
            ["5f5fa0", "60015fa0"],
            ["60015fa0", "5f5fa0"],
            ["60025fa0", "5f5fa0"],
            ["5f5f5fa1", "5f5fa0"],
            ["60015f5fa1", "5f5fa0"],
            ["60015f5f5fa2", "5f5fa0"],
            ["5f60015f5fa2", "5f5fa0"],
            ["00", "00"],
            ["00"],
        ];

        var digests = bundles.Select(codes => Run(codes).Result.LogsDigest).ToList();

        Assert.Equal(digests.Count, digests.Distinct().Count());
        Assert.Equal(Run(bundles[0]).Result.LogsDigest, digests[0]);
    }

    [Fact]
    public void The_same_log_of_another_contract_has_another_digest()
    {
        byte[] code = Convert.FromHexString("5f5fa0");
        var scenario = new SimScenario();
        var (one, other) = (scenario.Contract(1, code), scenario.Contract(2, code));

        Assert.NotEqual(scenario.Call(0, one).Run().Result.LogsDigest, Only(other).LogsDigest);

        SimResult Only(Address contract)
        {
            scenario.Bundle.Clear();
            return scenario.Call(0, contract, nonce: 0).Run().Result;
        }
    }

    [Fact]
    public void The_trace_is_an_array_with_the_call_tree_of_each_executed_transaction()
    {
        var run = Run(["00", "5f5ffd", "00"]); // the second reverts and ends the bundle

        using var trace = JsonDocument.Parse(run.Trace);

        Assert.Equal(
            [$"{SimScenario.AddressOf(0)}", $"{SimScenario.AddressOf(1)}"],
            trace.RootElement.EnumerateArray().Select(call => call.GetProperty("to").GetString()!));
        Assert.Equal(Keccak256.Hash(run.Trace.Span), run.Result.TraceDigest);
    }

    [Fact]
    public void Steps_are_digested_when_asked_for_and_only_then()
    {
        Assert.Equal(default, Steps("6001600200", StepTracing.Off));
        Assert.NotEqual(default, Steps("6001600200", StepTracing.Digest));
        Assert.Equal(Steps("6001600200", StepTracing.Digest), Steps("6001600200", StepTracing.Digest));
        Assert.NotEqual(Steps("6001600200", StepTracing.Digest), Steps("6001600300", StepTracing.Digest));

        static Hash256 Steps(string code, StepTracing steps)
        {
            var scenario = new SimScenario { Steps = steps };
            scenario.Call(0, scenario.Contract(1, Convert.FromHexString(code)));
            return scenario.Run().Result.Transactions[0].StepDigest;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(258)]
    [InlineData(-258)]
    [InlineData(32_768)]
    [InlineData(-32_768)]
    public void A_difference_of_balances_keeps_its_sign_and_all_of_its_bytes(int difference)
    {
        var scenario = new SimScenario();
        var result = scenario.Call(0, SimScenario.Signers[1].Account).Run().Result;
        var amount = new Wei((ulong)Math.Abs(difference));

        var fact = SimFact.Of(scenario.Request(), result with { Profit = difference, CoinbasePayment = -difference }, default, steps: null);

        Assert.Equal(difference < 0 ? WeiDelta.Loss(amount) : WeiDelta.Gain(amount), fact.Profit);
        Assert.Equal(difference > 0 ? WeiDelta.Loss(amount) : WeiDelta.Gain(amount), fact.CoinbasePayment);
    }

    [Fact]
    public void Token_deltas_are_sums_over_the_transfers_of_each_token_sorted_and_without_zeros()
    {
        var scenario = new SimScenario();
        var high = scenario.Contract(9, [.. Log(s_me, s_other, 70), .. Log(s_other, s_me, 30)]);
        var low = scenario.Contract(2, Log(s_other, s_me, 5));
        var even = scenario.Contract(3, [.. Log(s_me, s_other, 4), .. Log(s_other, s_me, 4)]);
        var self = scenario.Contract(4, Log(s_me, s_me, 4));
        var foreign = scenario.Contract(5, Log(s_other, s_other, 4));
        scenario.Call(0, high).Call(0, low).Call(0, even).Call(0, self).Call(0, foreign).Call(0, low);

        Assert.Equal([new TokenDelta(low, 10), new TokenDelta(high, -40)], scenario.Run().Result.TokenDeltas);
    }

    [Fact]
    public void A_log_that_is_not_a_transfer_of_EIP_20_counts_for_nothing()
    {
        var scenario = new SimScenario();
        byte[][] codes =
        [
            [.. Start(9), .. Topics(s_transfer, s_other, s_me, new Hash256([.. new byte[31], 1])), 0x60, 32, 0x5f, 0xa4], // EIP-721: the token is a topic
            [.. Start(9), .. Topics(Keccak256.OfNothing, s_other, s_me), 0x60, 32, 0x5f, 0xa3],
            [.. Start(9), .. Topics(s_transfer, s_other, s_me), 0x60, 31, 0x5f, 0xa3],
            [.. Start(9), .. Topics(s_transfer, s_other, s_me), 0x60, 33, 0x5f, 0xa3],
        ];
        for (byte i = 0; i < codes.Length; i++)
        {
            scenario.Call(0, scenario.Contract(i, codes[i]));
        }

        var result = scenario.Run().Result;

        Assert.All(result.Transactions, transaction => Assert.Single(transaction.Logs));
        Assert.Empty(result.TokenDeltas);
    }

    [Fact]
    public void A_transfer_of_the_largest_amount_is_positive()
    {
        var scenario = new SimScenario();
        var token = scenario.Contract(1, [0x5f, 0x19, 0x5f, 0x52, .. Topics(s_transfer, s_other, s_me), 0x60, 32, 0x5f, 0xa3]); // NOT(0)
        scenario.Call(0, token);

        Assert.Equal([new TokenDelta(token, (BigInteger.One << 256) - 1)], scenario.Run().Result.TokenDeltas);
    }

    [Theory]
    [InlineData("0000000000000000ff", true)]
    [InlineData("000000000000000aff", true)]
    [InlineData("000000000000000bff", false)]
    [InlineData("0000000000000009ff", false)]
    [InlineData("010000000000000000", false)] // 2^56
    [InlineData("010000000000000400", true)]
    public void One_in_ten_is_chosen_by_the_first_eight_bytes_of_the_id(string prefix, bool expected)
    {
        byte[] id = new byte[Hash256.Size];
        Convert.FromHexString(prefix).CopyTo(id, 0);

        Assert.Equal(expected, new StepTracePolicy(StepTraceRule.Sample, 10).Wants(Run(["00"]).Result with { SimId = new Hash256(id) }));
    }

    [Fact]
    public void A_simulation_that_reached_a_limit_or_failed_is_a_failure_and_one_that_is_invalid_or_lacks_state_is_not()
    {
        var policy = new StepTracePolicy(StepTraceRule.Failures, 1);
        var good = Run(["00"]).Result;

        Assert.False(policy.Wants(good));
        Assert.True(policy.Wants(good with { Outcome = new SimOutcome.LimitExceeded(SimLimit.Steps, 0) }));
        Assert.True(policy.Wants(good with { Outcome = new SimOutcome.Reverted(0, new RevertReason.Silent()) }));
        Assert.True(policy.Wants(good with { Outcome = new SimOutcome.Halted(0, default) }));
        Assert.False(policy.Wants(good with { Outcome = new SimOutcome.InvalidTransaction(0, default) }));
        Assert.False(policy.Wants(good with { Outcome = new SimOutcome.StateMissing(new StateGap.OfBlockHash(1)) }));
    }

    [Theory]
    [InlineData(0, typeof(RevertReason.Silent))]
    [InlineData(1, typeof(RevertReason.Unknown))]
    [InlineData(3, typeof(RevertReason.Unknown))]
    [InlineData(4, typeof(RevertReason.Custom))]
    [InlineData(35, typeof(RevertReason.Custom))]
    [InlineData(36, typeof(RevertReason.Panic))]
    [InlineData(37, typeof(RevertReason.Custom))]
    public void The_length_of_revert_data_decides_what_it_can_be(int length, Type expected)
    {
        byte[] data = [0x4e, 0x48, 0x7b, 0x71, .. new byte[40]];

        var reason = RevertReason.Of(data.AsSpan(0, length));

        Assert.IsType(expected, reason);
        Assert.Equal(length, reason switch { RevertReason.Custom custom => custom.ArgumentBytes + 4, RevertReason.Unknown unknown => unknown.Bytes, _ => length });
    }

    private static SimRun Run(string[] codes)
    {
        var scenario = new SimScenario();
        for (byte i = 0; i < codes.Length; i++)
        {
            scenario.Call(0, scenario.Contract(i, Convert.FromHexString(codes[i])));
        }

        return scenario.Run();
    }

    private static byte[] Log(Address from, Address to, byte amount) => [.. Start(amount), .. Topics(s_transfer, from, to), 0x60, 32, 0x5f, 0xa3];

    private static byte[] Start(byte amount) => [0x60, amount, 0x5f, 0x52];

    private static byte[] Topics(Hash256 signature, Address from, Address to, Hash256? more = null) =>
    [
        .. more is { } fourth ? [0x7f, .. fourth.ToArray()] : (byte[])[],
        0x7f, .. new byte[12], .. to.ToArray(), 0x7f, .. new byte[12], .. from.ToArray(), 0x7f, .. signature.ToArray(),
    ];
}
