using System.Diagnostics;
using Mempulse.Api.Bundles;
using Mempulse.Client.Opportunities;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Opportunities;

/// <summary>Turns opportunities into responses.</summary>
internal static class OppText
{
    public static OppsResponse Of(ChainId chain, OppPage page) => new()
    {
        Chain = chain.ToString(),
        AsOfSeq = page.AsOf.Value,
        Strategies = page.Strategies,
        Open = page.Open,
        Closed = page.Closed,
        Detected = page.Detected,
        HandedOn = page.HandedOn,
        NotSimulable = page.NotSimulable,
        LeftOut = page.LeftOut,
        Note = page.PoolsHeld > 0 ? null
            : page.PoolsWanted > 0 ? $"No pool is known yet: {page.PoolsWanted} are to be read from a node of the chain. Without one (--rpc, or --state-rpc beside a capture) strategies find nothing."
            : "No pool is known: none was asked for, because no pending transaction traded yet, or no registry is in force.",
        Opportunities = [.. page.Opportunities.Select(Of)],
    };

    public static OppResponse Of(ChainId chain, OppRecords records, IReadOnlyList<BundleRecords> bundles, EventCatalog events) => new()
    {
        Chain = chain.ToString(),
        AsOfSeq = records.AsOf.Value,
        Opportunity = records.View is { } view ? Of(view) : null,
        Explanation = records.View is { } known ? [.. Explain(known)] : ["It is no longer held: its events say what became of it."],
        Evidence =
        [
            .. records.Records.Select(record => new OppEvidencePart(
                record.Seq.Value, record.View.Timestamp.ToRfc3339(), events.NameOf(record.View.Kind), record.View.IsDerived ? record.View.Meta.LaneSequence.Cause.Value : null)),
        ],
        Bundles = [.. bundles.Select(BundleText.Link)],
        Truncated = records.IsTruncated,
    };

    public static OppPart Of(OppView opp) => new()
    {
        Id = opp.Id.ToString(),
        Status = opp.Status,
        Reason = opp.End == OppEnd.None ? null : opp.End.ToString(),
        By = opp.By?.ToString(),
        Strategy = $"{opp.Strategy}/{opp.StrategyVersion}",
        Purpose = opp.Purpose.ToString(),
        Trigger = opp.Trigger.ToString(),
        Base = opp.Base.ToString(),
        BaseNumber = opp.BaseNumber.Value,
        Registry = opp.Registry.ToString(),
        Score = new OppScorePart(opp.Score, opp.Urgency, opp.Worth, opp.Risk, opp.Extractor, opp.Scorer),
        Value = opp.Value.ToString(),
        Token = opp.Token.ToString(),
        Input = opp.Input.ToString(),
        Profit = opp.Profit.ToString(),
        Exact = opp.IsExact,
        SaferMinimum = opp.SaferMinimum.IsZero ? null : opp.SaferMinimum.ToString(),
        HandedOn = opp.IsHandedOn,
        NotSimulated = WhyNotSimulated(opp),
        Before = [.. opp.Before.Select(static tx => tx.ToString())],
        RankedBelow = opp.RankedBelow,
        Legs =
        [
            .. opp.Legs.Select(static leg => new OppLegPart(
                leg.Pool.ToString(),
                leg.PoolId.IsZero ? null : leg.PoolId.ToString(),
                leg.Protocol.Length > 0 ? leg.Protocol : null,
                leg.TokenIn.ToString(),
                leg.TokenOut.ToString(),
                leg.AmountIn.ToString(),
                leg.AmountOut.ToString())),
        ],
        Simulation = opp.Simulation is { } sim
            ? new OppSimPart(sim.Sim.ToString(), OutcomeName.Of(sim.Category), (sim.IsLoss ? WeiDelta.Loss(sim.Amount) : WeiDelta.Gain(sim.Amount)).ToString(), sim.GasUsed.Value, sim.IsVerified)
            : null,
    };

    private static string ExplainSale(OppView opp) =>
        $"After transaction {opp.Trigger}, market {opp.Legs[0].Pool} sells collateral for {opp.Input} of token {opp.Token}: {string.Join(" and ", opp.Legs.Select(static leg => $"{leg.AmountOut} of token {leg.TokenOut}"))}. "
        + $"At the market's own prices that is worth {opp.Profit} more than what is paid. What it costs to exchange it is not counted."
        + (opp.Legs[0].PoolId.IsZero ? string.Empty : " The account that the collateral belongs to has to be absorbed first; that pays nothing.");

    private static string? WhyNotSimulated(OppView opp) =>
        opp.Simulation is not null ? null
        : opp.Purpose == OppPurpose.Liquidation ? "It is not simulated: simulations exchange in pools alone."
        : opp.Obstacle.Length > 0 ? opp.Obstacle
        : !opp.IsHandedOn ? "It ranked too low to be simulated."
        : opp.End != OppEnd.None ? "It no longer held before it was simulated."
        : "It was handed on to simulation, and the log has no result yet: it is tried again for as long as it holds." + (opp.Problem.Length > 0 ? $" The last try: {opp.Problem}" : string.Empty);

    private static IEnumerable<string> Explain(OppView opp)
    {
        yield return opp.Purpose switch
        {
            OppPurpose.Gain => $"After transaction {opp.Trigger}, {opp.Legs.Count} exchanges turn {opp.Input} of token {opp.Token} into {opp.Profit} more of it, before gas.",
            OppPurpose.Advice => $"Transaction {opp.Trigger} can be made to lose {opp.Profit} of token {opp.Token} by a swap before it that its own minimum allows."
                + (opp.SaferMinimum.IsZero ? string.Empty : $" With a minimum of {opp.SaferMinimum} such a swap does not pay."),
            OppPurpose.Liquidation when opp.Token == opp.Legs[0].TokenIn => ExplainSale(opp),
            OppPurpose.Liquidation => $"After transaction {opp.Trigger}, {opp.Legs[0].AmountIn} of token {opp.Legs[0].TokenIn} repaid for a borrower of market {opp.Legs[0].Pool} receive {opp.Legs[0].AmountOut} of token {opp.Legs[0].TokenOut}: "
                + $"{opp.Profit} of it more than the debt is worth at the market's own prices. What it costs to exchange them is not counted.",
            _ => throw new UnreachableException(),
        };
        yield return (opp.Purpose, opp.IsExact) switch
        {
            (OppPurpose.Liquidation, true) => $"It is computed from the market as it is after block {opp.BaseNumber} and the price that the transaction reports.",
            (OppPurpose.Liquidation, false) => $"It is computed from the market as it is after block {opp.BaseNumber} and the price that the transaction reports; another price of the borrower has no feed and is as it was when the market was read.",
            (_, true) => $"The amount is the best there is in the pools as they are after block {opp.BaseNumber}.",
            _ => $"The amount is the best of those that were tried in the pools as they are after block {opp.BaseNumber}; another may gain more.",
        };
        yield return $"It scores {opp.Score} by {opp.Scorer} on features of {opp.Extractor}: urgency {opp.Urgency}, worth {opp.Worth}, risk {opp.Risk}. {opp.RankedBelow} others ranked above it when it was detected.";
        if (opp.Before.Count > 0)
        {
            yield return $"{opp.Before.Count} transactions of the trigger's sender run before it, and were applied first.";
        }

        if (opp.End != OppEnd.None)
        {
            yield return $"It no longer holds: {opp.End}{(opp.By is { } by ? $", by {by}" : string.Empty)}.";
        }

        if (opp.Simulation is { } sim)
        {
            yield return sim.IsVerified ? "The state that it was simulated on is proven by its block's state root." : "No proof covers the state that it was simulated on: it is what a node claims, or what was recorded with a capture.";
            yield return sim.Category != FailureCategory.None ? $"Its simulation ended with {OutcomeName.Of(sim.Category)}."
                : opp.Purpose == OppPurpose.Advice ? $"Simulated alone on the state that this was computed on, the transaction runs and uses {sim.GasUsed.Value} gas."
                : $"Simulated on the state that it was computed on, the exchanges gained {(sim.IsLoss ? WeiDelta.Loss(sim.Amount) : WeiDelta.Gain(sim.Amount))} wei, and trigger and exchanges used {sim.GasUsed.Value} gas.";
        }
        else if (WhyNotSimulated(opp) is { } reason)
        {
            yield return reason;
        }
    }
}
