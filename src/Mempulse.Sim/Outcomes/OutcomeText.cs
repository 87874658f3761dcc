using System.Diagnostics;
using Mempulse.Evm.State;

namespace Mempulse.Sim.Outcomes;

/// <summary>Describes an outcome in one sentence, and names the transaction that it is about.</summary>
/// <remarks>
/// The log keeps the sentence (<see cref="SimFact"/>) and a rerun compares it, so a change of wording raises <see cref="Requests.SimVersions.Rules"/>.
/// </remarks>
public static class OutcomeText
{
    /// <summary>Returns the sentence; it names a missing or disproved account and slot.</summary>
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

    /// <summary>Formats a revert reason as the end of a sentence; empty for a revert without data.</summary>
    public static string Of(RevertReason reason) => reason switch
    {
        RevertReason.Silent => string.Empty,
        RevertReason.Message message => $": {message.Text}",
        RevertReason.Panic panic => $" with panic code {panic.Code}",
        RevertReason.Custom custom => $" with error 0x{custom.Selector:x8} and {custom.ArgumentBytes} bytes of arguments",
        RevertReason.Unknown unknown => $" with {unknown.Bytes} bytes",
        _ => throw new UnreachableException(),
    };

    /// <summary>Returns the zero-based index of the transaction that ended the bundle; null when no transaction did.</summary>
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
