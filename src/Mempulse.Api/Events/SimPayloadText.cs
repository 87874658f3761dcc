using System.Diagnostics;
using System.Text.Json.Nodes;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Events;

/// <summary>What events of simulations say, in JSON.</summary>
internal static class SimPayloadText
{
    public static JsonObject Of(LogEvent logEvent) => logEvent switch
    {
        LogEvent.SimCompleted completed => Of(completed),
        LogEvent.SimBaseMoved moved => new() { ["to"] = moved.To.ToString() },
        _ => throw new UnreachableException(),
    };

    private static JsonObject Of(LogEvent.SimCompleted completed) => new()
    {
        ["baseNumber"] = completed.BaseNumber.Value,
        ["outcome"] = completed.Category.ToString(),
        ["failedIndex"] = completed.FailedIndex,
        ["detail"] = completed.Detail,
        ["gasUsed"] = completed.GasUsed.Value,
        ["coinbasePayment"] = completed.CoinbasePayment.ToString(),
        ["account"] = completed.Account.ToString(),
        ["profit"] = completed.Profit.ToString(),
        ["verified"] = completed.IsVerified,
        ["logsDigest"] = completed.LogsDigest.ToString(),
        ["traceDigest"] = completed.TraceDigest.ToString(),
        ["witnessDigest"] = completed.WitnessDigest.ToString(),
        ["stepsDigest"] = completed.StepsDigest?.ToString(),
        ["engineVersion"] = completed.EngineVersion,
        ["rulesVersion"] = completed.RulesVersion,
        ["transactions"] = new JsonArray([.. completed.Transactions.Select(hash => (JsonNode)hash.ToString())]),
    };
}
