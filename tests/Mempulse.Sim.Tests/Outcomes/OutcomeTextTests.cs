using System.Reflection;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Sim.Tests.Outcomes;

public sealed class OutcomeTextTests
{
    private static readonly Address Account = Address.Parse("0x1111111111111111111111111111111111111111");

    private static readonly (SimOutcome Outcome, int? Index, string Text)[] Cases =
    [
        (new SimOutcome.Ok(), null, "Every transaction ran."),
        (new SimOutcome.UndecodableTransaction(2, "no list."), 2, "Transaction 2 does not decode: no list."),
        (new SimOutcome.InvalidTransaction(1, TxRejection.WrongChain), 1, "Transaction 1 is invalid in the block: WrongChain."),
        (new SimOutcome.Reverted(0, new RevertReason.Message("K")), 0, "Transaction 0 reverted: K."),
        (new SimOutcome.Reverted(0, new RevertReason.Silent()), 0, "Transaction 0 reverted."),
        (new SimOutcome.Reverted(0, new RevertReason.Panic(17)), 0, "Transaction 0 reverted with panic code 17."),
        (new SimOutcome.Reverted(0, new RevertReason.Custom(0xdeadbeef, 32)), 0, "Transaction 0 reverted with error 0xdeadbeef and 32 bytes of arguments."),
        (new SimOutcome.Reverted(0, new RevertReason.Unknown(3)), 0, "Transaction 0 reverted with 3 bytes."),
        (new SimOutcome.Halted(3, Status.OutOfGas), 3, "Transaction 3 halted: OutOfGas."),
        (new SimOutcome.StateMissing(new StateGap.OfAccount(Account)), null, $"The state is not known: account {Account}."),
        (new SimOutcome.StateMissing(new StateGap.OfSlot(Account, 5)), null, $"The state is not known: slot 0x{5:x64} of account {Account}."),
        (new SimOutcome.StateMissing(new StateGap.OfAccount(Account)) { Cause = GapCause.NotProven }, null, $"The node gives no proof of account {Account}, and only proven state is taken."),
        (new SimOutcome.StateMissing(new StateGap.OfCode(Account, default)), null, $"The state is not known: the code of account {Account}, hash 0x{new string('0', 64)}."),
        (new SimOutcome.StateMissing(new StateGap.OfBlockHash(7)), null, "The state is not known: the hash of block 7."),
        (new SimOutcome.StateMismatch(Account, null, "Why."), null, $"The node is wrong about account {Account}: Why."),
        (new SimOutcome.StateMismatch(Account, 5, "Why."), null, $"The node is wrong about slot 0x{5:x64} of account {Account}: Why."),
        (new SimOutcome.LimitExceeded(SimLimit.Steps, 1), 1, "A limit was reached at transaction 1: Steps."),
    ];

    [Fact]
    public void Every_outcome_has_its_sentence_and_its_transaction() =>
        Assert.All(Cases, item =>
        {
            Assert.Equal(item.Text, OutcomeText.Of(item.Outcome));
            Assert.Equal(item.Index, OutcomeText.IndexOf(item.Outcome));
        });

    [Fact]
    public void Every_outcome_has_a_case() => Assert.Equal(
        typeof(SimOutcome).GetNestedTypes(BindingFlags.Public).Select(type => type.Name).Order(StringComparer.Ordinal),
        Cases.Select(item => item.Outcome.GetType().Name).Distinct().Order(StringComparer.Ordinal));
}
