using System.Diagnostics;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Testing.Scenarios;

/// <summary>A derived event as one line of a story's trace.</summary>
public static class TraceLine
{
    /// <summary>One line, with names in the place of hashes.</summary>
    public static string Of(LogEvent derived, Func<Hash256, string> nameOf) => derived switch
    {
        LogEvent.TxStateChanged moved => $"{nameOf(moved.Hash)}: {moved.From} -> {moved.To}"
            + (moved.Replaces is { } replaced ? $", replaces {nameOf(replaced)}" : string.Empty),
        LogEvent.TxReplaced replaced => $"{nameOf(replaced.Hash)}: {replaced.From} -> Replaced by {nameOf(replaced.By)}"
            + (replaced.ByInclusion ? " in a block" : " for its fee"),
        LogEvent.TxIncluded included => $"{nameOf(included.Hash)}: {included.From} -> Included in {nameOf(included.Block)} at {included.Index}",
        LogEvent.TxReopened reopened => $"{nameOf(reopened.Hash)}: Included in {nameOf(reopened.Block)} -> {reopened.To}",
        LogEvent.TxConfirmed confirmed => $"{nameOf(confirmed.Hash)}: Confirmed in {nameOf(confirmed.Block)}",
        LogEvent.TxOutcomeKnown known => $"{nameOf(known.Hash)}: {known.From} -> {known.Outcome} in {nameOf(known.Block)}" + (known.IsVerified ? string.Empty : ", unverified"),
        LogEvent.TxExpired expired => $"{nameOf(expired.Hash)}: {expired.From} -> Expired after {expired.WaitedSeconds} s",
        LogEvent.TxVanished vanished => $"{nameOf(vanished.Hash)}: {vanished.From} -> Left by {vanished.Sources}",
        LogEvent.TxReturned returned => $"{nameOf(returned.Hash)}: Left -> {returned.To}",
        LogEvent.SimBaseMoved moved => $"sim {moved.Sim.ToString().AsSpan(2, 2)}: base {moved.To}",
        LogEvent.DecodeGraded graded => $"{nameOf(graded.Tx)}: {graded.Signature} {graded.Verdict}" + (graded.Part == TradePart.None ? string.Empty : $" in {graded.Part}"),
        LogEvent.OppDetected opp => $"{nameOf(opp.Trigger)}: opp {Short(opp.Opp)} {opp.Strategy} on {nameOf(opp.Base)}" + (opp.IsHandedOn ? ", handed on" : string.Empty),
        LogEvent.OppInvalidated opp => $"{nameOf(opp.Trigger)}: opp {Short(opp.Opp)} {opp.Reason}" + (opp.By is { } by ? $" by {nameOf(by)}" : string.Empty),
        LogEvent.OppReopened opp => $"{nameOf(opp.Trigger)}: opp {Short(opp.Opp)} reopened after {opp.After}" + (opp.IsHandedOn ? ", handed on" : string.Empty),
        LogEvent.OppExpired opp => $"{nameOf(opp.Trigger)}: opp {Short(opp.Opp)} expired: {opp.Reason}",
        LogEvent.TokenJudged judged => $"token {judged.Token.ToString()[..6]}: {judged.Conduct} by {judged.Transactions}",
        LogEvent.BundleOutcome outcome => $"bundle {Short(outcome.Bundle)}: {outcome.Verdict} ({outcome.Strength})" + (outcome.By is { } taker ? $" by {nameOf(taker)}" : string.Empty),
        LogEvent.RelayHealthChanged health => $"relay {health.Relay}: {health.From} to {health.To}, weight {health.WeightBasisPoints}",
        _ => throw new UnreachableException($"{derived.GetType().Name} is not a derived event."),
    };

    private static string Short(Hash256 id) => id.ToString()[2..6];
}
