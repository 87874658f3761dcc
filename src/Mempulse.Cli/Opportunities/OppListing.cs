using System.Text.Json.Nodes;
using Mempulse.Features.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;

namespace Mempulse.Cli.Opportunities;

/// <summary>The opportunities of a log, as text and as JSON.</summary>
internal sealed record OppListing(GlobalSeq AsOf, IReadOnlyList<string> Strategies, OpportunityCounts Counts, IReadOnlyList<Opportunity> Opportunities)
{
    public void Write(TextWriter output)
    {
        output.WriteLine($"after seq {AsOf}: {Counts.Open} open, {Counts.Closed} closed, {Counts.Detected} detected, {Counts.HandedOn} handed on, {Counts.NotSimulable} that cannot be simulated; strategies {string.Join(", ", Strategies)}");
        foreach (var opportunity in Opportunities)
        {
            var detected = opportunity.Detected;
            output.WriteLine($"{detected.Opp}  {StateOf(opportunity)}  {detected.Strategy}/{detected.StrategyVersion}  score {detected.Score} (urgency {detected.Urgency}, worth {detected.Worth}, risk {detected.Risk})");
            output.WriteLine($"    after {detected.Trigger} on block {detected.BaseNumber}: {(detected.Purpose == OppPurpose.Advice ? "may lose" : "gains")} {detected.Profit} of {detected.Token}{(detected.IsExact ? ", the maximum" : string.Empty)}");
            foreach (var leg in detected.Legs)
            {
                output.WriteLine($"    {leg.AmountIn} of {leg.TokenIn} for {leg.AmountOut} of {leg.TokenOut} in {leg.Pool}");
            }

            if (opportunity.ObstacleText.Length > 0)
            {
                output.WriteLine($"    not simulated: {opportunity.ObstacleText}");
            }

            if (opportunity.Simulation is { } simulation)
            {
                string profit = detected.Purpose == OppPurpose.Gain ? $"{simulation.Profit} wei before gas, " : string.Empty;
                output.WriteLine($"    simulated on {(simulation.IsVerified ? "proven" : "unproven")} state: {OutcomeName.Of(simulation.Category)}, {profit}{simulation.GasUsed.Value} gas (sim {simulation.Sim})");
            }
        }
    }

    public JsonNode ToJson() => new JsonObject
    {
        ["asOfSeq"] = AsOf.Value,
        ["strategies"] = new JsonArray([.. Strategies.Select(static strategy => JsonValue.Create(strategy))]),
        ["open"] = Counts.Open,
        ["closed"] = Counts.Closed,
        ["detected"] = Counts.Detected,
        ["handedOn"] = Counts.HandedOn,
        ["notSimulable"] = Counts.NotSimulable,
        ["opportunities"] = new JsonArray([.. Opportunities.Select(ToJson)]),
    };

    private static string StateOf(Opportunity opportunity) => opportunity.End == OppEnd.None ? "open" : $"{opportunity.Status} ({opportunity.End})";

    private static JsonObject ToJson(Opportunity opportunity)
    {
        var detected = opportunity.Detected;
        var json = JsonNode.Parse(EventJson.PayloadOf(detected))!.AsObject();
        json["id"] = detected.Opp.ToString();
        json["trigger"] = detected.Trigger.ToString();
        json["base"] = detected.Base.ToString();
        json["status"] = opportunity.Status.ToString();
        json["reason"] = opportunity.End == OppEnd.None ? null : opportunity.End.ToString();
        json["by"] = opportunity.By?.ToString();
        json["handedOn"] = opportunity.IsHandedOn;
        json["obstacle"] = opportunity.ObstacleText.Length > 0 ? opportunity.ObstacleText : null;
        json["simulation"] = opportunity.Simulation is { } simulation
            ? new JsonObject
            {
                ["id"] = simulation.Sim.ToString(),
                ["outcome"] = OutcomeName.Of(simulation.Category),
                ["profit"] = simulation.Profit.ToString(),
                ["gasUsed"] = simulation.GasUsed.Value,
                ["verified"] = simulation.IsVerified,
            }
            : null;
        return json;
    }
}
