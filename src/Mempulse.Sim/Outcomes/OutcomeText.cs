using System.Diagnostics;
using Mempulse.Evm.State;

namespace Mempulse.Sim.Outcomes;

/// <summary>Outcomes in a sentence for people, and which transaction they are about.</summary>
public static class OutcomeText
{
    /// <summary>The sentence; names the account and the slot where one is missing or disproved.</summary>
    public static string Of(SimOutcome outcome) => outcome switch
    {
        SimOutcome.Ok => "Every transaction ran.",
        SimOutcome.UndecodableTransaction bad => $"Transaction {bad.Index} does not decode: {bad.Problem}",
        SimOutcome.InvalidTransaction invalid => $"Transaction {invalid.Index} is invalid in the block: {invalid.Reason}.",
        SimOutcome.Reverted reverted => $"Transaction {reverted.Index} reverted{Of(reverted.Reason)}.",
        SimOutcome.Halted halted => $"Transaction {halted.Index} halted: {halted.Reason}.",
        SimOutcome.StateMissing { Cause: GapCause.NotProven } missing => $"The node gives no proof of {Of(missing.Gap)}, and only proven state is taken.",
        SimOutcome.StateMissing missing => $"The state is not known: {Of(missing.Gap)}.",
        SimOutcome.StateMismatch { Slot: { } slot } mismatch => $"The node is wrong about slot {Word(slot)} of account {mismatch.Address}: {mismatch.Detail}",
        SimOutcome.StateMismatch mismatch => $"The node is wrong about account {mismatch.Address}: {mismatch.Detail}",
        SimOutcome.LimitExceeded exceeded => $"A limit was reached at transaction {exceeded.Index}: {exceeded.Limit}.",
        _ => throw new UnreachableException(),
    };

    /// <summary>What a contract said when it reverted, for people.</summary>
    public static string Of(RevertReason reason) => reason switch
    {
        RevertReason.Silent => string.Empty,
        RevertReason.Message message => $": {message.Text}",
        RevertReason.Panic panic => $" with panic code {panic.Code}",
        RevertReason.Custom custom => $" with error 0x{custom.Selector:x8} and {custom.ArgumentBytes} bytes of arguments",
        RevertReason.Unknown unknown => $" with {unknown.Bytes} bytes",
        _ => throw new UnreachableException(),
    };

    /// <summary>The transaction that ended the bundle, from 0; null where none did.</summary>
    public static int? IndexOf(SimOutcome outcome) => outcome switch
    {
        SimOutcome.UndecodableTransaction bad => bad.Index,
        SimOutcome.InvalidTransaction invalid => invalid.Index,
        SimOutcome.Reverted reverted => reverted.Index,
        SimOutcome.Halted halted => halted.Index,
        SimOutcome.LimitExceeded exceeded => exceeded.Index,
        SimOutcome.Ok or SimOutcome.StateMissing or SimOutcome.StateMismatch => null,
        _ => throw new UnreachableException(),
    };

    private static string Of(StateGap gap) => gap switch
    {
        StateGap.OfAccount account => $"account {account.Address}",
        StateGap.OfSlot slot => $"slot {Word(slot.Slot)} of account {slot.Address}",
        StateGap.OfCode code => $"the code of account {code.Address}, hash {code.CodeHash}",
        StateGap.OfBlockHash hash => $"the hash of block {hash.Number}",
        _ => throw new UnreachableException(),
    };

    private static string Word(in Primitives.UInt256 slot)
    {
        Span<byte> bytes = stackalloc byte[Primitives.UInt256.Size];
        slot.WriteBigEndian(bytes);
        return "0x" + Convert.ToHexStringLower(bytes);
    }
}
