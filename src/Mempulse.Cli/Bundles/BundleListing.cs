using System.Text.Json.Nodes;
using Mempulse.Outcomes.Bundles;
using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Cli.Bundles;

/// <summary>The bundles of a log, as text and as JSON.</summary>
internal sealed record BundleListing(GlobalSeq AsOf, BundleCounts Counts, IReadOnlyList<BundleStanding> Bundles)
{
    /// <summary>The verdict that holds; Open without one.</summary>
    public static BundleVerdict VerdictOf(BundleStanding bundle) => bundle.Outcome?.Verdict ?? BundleVerdict.Open;

    public void Write(TextWriter output)
    {
        output.WriteLine($"after seq {AsOf}: {Counts.Open} open, {Counts.Decided} decided, {Counts.Forgotten} forgotten");
        foreach (var bundle in Bundles)
        {
            var built = bundle.Built;
            output.WriteLine($"{built.Bundle}  {VerdictName.Of(VerdictOf(bundle))}{StrengthOf(bundle)}  for block {built.Target}  {(built.IsSigned ? "signed" : "not signed")}{(built.IsDryRun ? ", dry run" : string.Empty)}");
            output.WriteLine($"    {built.Strategy}/{built.StrategyVersion}, {built.Opportunities.Count} opportunities, {built.Transactions.Count} transactions, to gain {built.Profit} wei after {built.Payment} wei to the fee recipient (built in seq {bundle.BuiltAt})");
            if (bundle.End != BundleEnd.None)
            {
                output.WriteLine($"    ended: {bundle.End}{(bundle.IsCancelled ? ", relays are asked to forget it" : string.Empty)}");
            }

            foreach (var request in bundle.Requests)
            {
                output.WriteLine($"    {request.Relay}: {request.Command}, {AnswerOf(request)}");
            }
        }
    }

    public JsonNode ToJson() => new JsonObject
    {
        ["asOfSeq"] = AsOf.Value,
        ["open"] = Counts.Open,
        ["decided"] = Counts.Decided,
        ["forgotten"] = Counts.Forgotten,
        ["bundles"] = new JsonArray([.. Bundles.Select(ToJson)]),
    };

    private static string StrengthOf(BundleStanding bundle) => bundle.Outcome is { } outcome ? $" ({StrengthName.Of(outcome.Strength)})" : string.Empty;

    private static string AnswerOf(RequestStanding request) =>
        request.Refusal != PreflightRule.None ? $"refused before it left: {request.Refusal}"
        : request.IsUnanswered ? $"attempt {request.LastStarted} not answered"
        : $"attempt {request.LastStarted}: {request.Consequence}, {request.Class}{(request.IsDryRun ? ", nothing was sent" : string.Empty)}";

    private static JsonObject ToJson(BundleStanding bundle)
    {
        var json = JsonNode.Parse(EventJson.PayloadOf(bundle.Built))!.AsObject();
        json["id"] = bundle.Built.Bundle.ToString();
        json["builtSeq"] = bundle.BuiltAt.Value;
        json["verdict"] = VerdictName.Of(VerdictOf(bundle));
        json["strength"] = bundle.Outcome is { } outcome ? StrengthName.Of(outcome.Strength) : null;
        json["end"] = bundle.End == BundleEnd.None ? null : bundle.End.ToString();
        json["cancelled"] = bundle.IsCancelled;
        json["requests"] = new JsonArray([.. bundle.Requests.Select(ToJson)]);
        return json;
    }

    private static JsonObject ToJson(RequestStanding request) => new()
    {
        ["relay"] = request.Relay,
        ["command"] = request.Command.ToString(),
        ["lastStarted"] = request.LastStarted,
        ["lastAnswered"] = request.LastAnswered,
        ["consequence"] = request.Consequence?.ToString(),
        ["class"] = request.LastAnswered > 0 ? request.Class.ToString() : null,
        ["refusal"] = request.Refusal == PreflightRule.None ? null : request.Refusal.ToString(),
        ["dryRun"] = request.IsDryRun,
    };
}
