using System.Numerics;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Grains.Simulations;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>Each field of a simulated transaction has its place in the answer.</summary>
public sealed class SimViewsTests
{
    private static readonly Address s_sender = Address.Parse("0x0000000000000000000000000000000000000001");
    private static readonly Address s_created = Address.Parse("0x0000000000000000000000000000000000000002");
    private static readonly Hash256 s_hash = Keccak256.Hash("hash"u8);
    private static readonly Hash256 s_steps = Keccak256.Hash("steps"u8);

    [Fact]
    public void Every_field_has_its_place()
    {
        var log = new LogEntry(s_created, [Keccak256.Hash("topic"u8)], new byte[] { 9 });

        var view = SimViews.Of(Result(Status.Return) with { Logs = [log] });

        Assert.Equal((s_hash, s_sender, true, "Return", 21_000UL), (view.Hash, view.Sender, view.Succeeded, view.Status, view.GasUsed.Value));
        Assert.Equal([7, 8], view.Output.ToArray());
        Assert.Equal((s_created, string.Empty, new Wei(77), s_steps), (view.Created, view.Revert, view.CoinbasePayment, view.StepDigest));
        var shown = Assert.Single(view.Logs);
        Assert.Equal((log.Address, log.Topics[0], (byte)9), (shown.Address, Assert.Single(shown.Topics), shown.Data.Span[0]));
    }

    [Theory]
    [InlineData(Status.Stop, true)]
    [InlineData(Status.SelfDestruct, true)]
    [InlineData(Status.Revert, false)]
    [InlineData(Status.OutOfGas, false)]
    public void It_succeeded_only_if_it_ended_by_itself(Status status, bool succeeded) => Assert.Equal(succeeded, SimViews.Of(Result(status)).Succeeded);

    [Fact]
    public void A_reason_stands_without_its_colon()
    {
        Assert.Equal("too late", SimViews.Of(Result(Status.Revert) with { Revert = new RevertReason.Message("too late") }).Revert);
        Assert.Equal("with panic code 17", SimViews.Of(Result(Status.Revert) with { Revert = new RevertReason.Panic(17) }).Revert);
        Assert.Equal(string.Empty, SimViews.Of(Result(Status.Revert) with { Revert = new RevertReason.Silent() }).Revert);
    }

    [Fact]
    public void A_difference_of_tokens_is_a_decimal_number_of_any_size()
    {
        var amount = -BigInteger.Pow(10, 90);

        var delta = SimViews.Of(new TokenDelta(s_created, amount));

        Assert.Equal((s_created, $"-1{new string('0', 90)}"), (delta.Token, delta.Amount));
    }

    private static TxResult Result(Status status) => new(s_hash, s_sender, status, 21_000, new byte[] { 7, 8 }, s_created, [], null, 77, s_steps);
}
