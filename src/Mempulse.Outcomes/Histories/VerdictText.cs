using System.Diagnostics;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Histories;

/// <summary>Verdicts on bundles in plain English, for everything that shows them.</summary>
internal static class VerdictText
{
    /// <summary>What became of a bundle, and why.</summary>
    /// <param name="outcome">The verdict.</param>
    /// <param name="detail">What an execution showed, in sentences; empty for none.</param>
    public static string Of(LogEvent.BundleOutcome outcome, string detail) => outcome.Verdict switch
    {
        BundleVerdict.Landed => $"Block {outcome.Number} has all of its transactions, in order, from index {outcome.Index} on{Uncertain(outcome)}. {Gain(outcome)}",
        BundleVerdict.PartiallyLanded => $"Block {outcome.Block} has some of the bundle's own transactions, from index {outcome.Index} on, but not the whole bundle in its target block {outcome.Number}. {Gain(outcome)}",
        BundleVerdict.Reverted => $"Block {outcome.Number} has its transactions from index {outcome.Index} on, and one of them that must not revert did.",
        BundleVerdict.Outcompeted => $"Transaction {outcome.By} in block {outcome.Number} took the state that it needed. {detail}".TrimEnd(),
        BundleVerdict.NonceUsed => $"Transaction {outcome.By} in block {outcome.Block} used a nonce that the bundle needed.",
        BundleVerdict.BaseFeeAbove => $"The base fee of block {outcome.Number} is above what one of its transactions pays at most.",
        BundleVerdict.TooLate => $"No request for it left before its target block {outcome.Number} was seen.",
        BundleVerdict.RefusedByRelay => outcome.Relay.Length > 0 ? $"The only relay that got it, {outcome.Relay}, did not take it." : "None of the relays that got it took it.",
        BundleVerdict.DroppedByPreflight => outcome.Relay.Length > 0 ? $"Preflight let no request leave for {outcome.Relay}, and there was no other relay." : "Preflight let no request leave, for any relay.",
        BundleVerdict.Stale => outcome.Block is null ? "It was dropped before anything was sent." : $"It no longer paid at the start of block {outcome.Number}, or was withdrawn in time. {detail}".TrimEnd(),
        BundleVerdict.ReorgedOut => $"Block {outcome.Block}, which had it from index {outcome.Index} on, left the chain, and no block of the chain has it now.",
        BundleVerdict.Expired when outcome.Need == OutcomeNeed.Block => $"Its target block {outcome.Number} was not observed.",
        BundleVerdict.Expired => $"Block {outcome.Number} does not have it, and public data does not say why. {detail}".TrimEnd(),
        BundleVerdict.DryRun => "It was a dry run: nothing was sent.",
        _ => throw new UnreachableException(),
    };

    /// <summary>What would decide a verdict, or make it stronger; null for nothing.</summary>
    public static string? Of(OutcomeNeed need) => need switch
    {
        OutcomeNeed.None => null,
        OutcomeNeed.Receipts => "the receipts of the block, verified against its receiptsRoot",
        OutcomeNeed.BlockState => "the proven state of the block before, to execute the block with the bundle",
        OutcomeNeed.BuilderRecords => "what the builder did with the bundle, which only the builder knows",
        OutcomeNeed.RelayData => "which builder made the block, as relays state it",
        OutcomeNeed.BlockBodies => "the block with its transactions, verified against its hash",
        OutcomeNeed.Block => "the target block itself",
        _ => throw new UnreachableException(),
    };

    private static string Uncertain(LogEvent.BundleOutcome outcome) => outcome.Strength == EvidenceStrength.Weak ? "; whether one of them reverted is not known" : string.Empty;

    private static string Gain(LogEvent.BundleOutcome outcome) =>
        !outcome.IsRealisedKnown ? $"What it gained is not known; it was to gain {outcome.Simulated} wei."
        : outcome.Realised == outcome.Simulated ? $"It gained {outcome.Realised} wei, exactly what was simulated."
        : $"It gained {outcome.Realised} wei where {outcome.Simulated} wei were simulated.";
}
