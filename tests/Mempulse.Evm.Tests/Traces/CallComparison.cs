using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mempulse.Evm.Tests.Traces;

/// <summary>Compares call trees field by field.</summary>
internal static class CallComparison
{
    private static readonly string[] Fields = ["type", "from", "to", "gas", "gasUsed", "input", "output", "revertReason", "value"];

    public static List<string> Compare(TraceCase trace, JsonObject actual)
    {
        var differences = new List<string>();
        Compare(trace, trace.Expected, actual, "", differences);
        return differences;
    }

    /// <summary>geth's error texts carry details (opcode, stack size) and distinguish several kinds of out-of-gas.</summary>
    public static bool IsSameError(string? expected, string? actual) => expected == actual
        || (expected is not null && actual is not null && expected.StartsWith(actual, StringComparison.Ordinal))
        || (actual == "out of gas" && expected is "contract creation code storage out of gas" or "gas uint64 overflow" or "Out of gas")
        || (actual == "precompile failed" && expected is not null && expected != "out of gas")
        || (actual == "execution reverted" && expected is "Reverted");

    private static void Compare(TraceCase trace, JsonElement expected, JsonObject actual, string at, List<string> differences)
    {
        foreach (string field in Fields.Where(field => Text(expected, field) != Text(actual, field)))
        {
            if (!IsLegacyGap(trace, expected, field, at))
            {
                differences.Add($"{at}/{field}: {Short(Text(actual, field))}, expected {Short(Text(expected, field))}");
            }
        }

        bool isUnspecified = trace.Folder == "call_tracer_legacy" && Text(expected, "error") == "internal failure" && Text(actual, "error") is not null;
        if (!isUnspecified && !IsSameError(Text(expected, "error"), Text(actual, "error")))
        {
            differences.Add($"{at}/error: {Text(actual, "error")}, expected {Text(expected, "error")}");
        }

        if (trace.Asks("withLog"))
        {
            CompareLogs(expected, actual, at, differences);
        }

        if (!trace.Asks("onlyTopCall"))
        {
            CompareCalls(trace, expected, actual, at, differences);
        }
    }

    /// <summary>
    /// geth's former JavaScript tracer, which wrote the "legacy" files, recorded neither revert reasons nor the output of failed calls, omitted the gas of
    /// inner calls without code and the value of delegated calls, and wrote the addresses of self-destructed accounts in mixed case.
    /// </summary>
    private static bool IsLegacyGap(TraceCase trace, JsonElement expected, string field, string at) => trace.Folder == "call_tracer_legacy" && field switch
    {
        "output" or "revertReason" => Text(expected, "error") is not null && Text(expected, field) is null,
        "gas" or "gasUsed" => at.Length > 0 && Text(expected, field) is null,
        "value" => Text(expected, "type") == "DELEGATECALL" && Text(expected, field) is null,
        _ => false,
    };

    private static void CompareCalls(TraceCase trace, JsonElement expected, JsonObject actual, string at, List<string> differences)
    {
        var calls = Items(expected, "calls");
        var actualCalls = actual["calls"]?.AsArray() ?? [];
        if (calls.Count != actualCalls.Count)
        {
            differences.Add($"{at}/calls: {actualCalls.Count}, expected {calls.Count}");
        }

        for (int i = 0; i < Math.Min(calls.Count, actualCalls.Count); i++)
        {
            Compare(trace, calls[i], actualCalls[i]!.AsObject(), $"{at}/{i}", differences);
        }
    }

    private static void CompareLogs(JsonElement expected, JsonObject actual, string at, List<string> differences)
    {
        string Line(string? address, string topics, string? data, string? position) => $"{address} {topics} {data} {position}";
        var logs = Items(expected, "logs").Select(log => Line(
            Text(log, "address"), string.Join(',', Items(log, "topics").Select(topic => topic.GetString())), Text(log, "data") ?? "0x", Text(log, "position")));
        var actualLogs = (actual["logs"]?.AsArray() ?? []).Select(log => Line(
            Text(log!.AsObject(), "address"), string.Join(',', log["topics"]!.AsArray().Select(topic => topic!.GetValue<string>())), Text(log.AsObject(), "data"), Text(log.AsObject(), "position")));
        if (!logs.SequenceEqual(actualLogs))
        {
            differences.Add($"{at}/logs: {string.Join(" | ", actualLogs)}, expected {string.Join(" | ", logs)}");
        }
    }

    private static List<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? Bare(name is "to" or "from" ? value.GetString()!.ToLowerInvariant() : value.GetString()) : null;

    private static string? Text(JsonObject element, string name) => Bare(element[name]?.GetValue<string>());

    /// <summary>Treats an empty output, written as "0x", like an omitted one.</summary>
    private static string? Bare(string? text) => text == "0x" ? null : text;

    private static string? Short(string? text) => text is { Length: > 80 } ? text[..80] : text;
}
