using System.Text.Json;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Recording;

namespace Mempulse.Evm.Tests.Traces;

/// <summary>Flattens the call tree into Parity's format and compares it with the output of geth's flatCallTracer.</summary>
internal static class FlatTrace
{
    public static List<string> Compare(TraceCase trace, CallRecord root)
    {
        var lines = new List<(CallRecord Call, string Place, int Inside)>();
        Flatten(trace, root, [], lines);
        var expected = trace.Expected.EnumerateArray().ToList();
        if (expected.Count != lines.Count)
        {
            return [$"{lines.Count} lines, expected {expected.Count}"];
        }

        var differences = new List<string>();
        for (int i = 0; i < lines.Count; i++)
        {
            differences.AddRange(CompareLine(trace, expected[i], lines[i].Call, lines[i].Place, lines[i].Inside));
        }

        return differences;
    }

    private static void Flatten(TraceCase trace, CallRecord call, IReadOnlyList<int> place, List<(CallRecord, string, int)> lines)
    {
        var inside = call.Calls.Where(inner => trace.Asks("includePrecompiles") || !IsHidden(inner)).ToList();
        lines.Add((call, $"[{string.Join(',', place)}]", inside.Count));
        for (int i = 0; i < inside.Count; i++)
        {
            Flatten(trace, inside[i], [.. place, i], lines);
        }
    }

    /// <summary>Returns true for CALL and STATICCALL of precompiles 1 to 10, which Parity's traces omit by default.</summary>
    private static bool IsHidden(CallRecord call) =>
        call.Kind is CallKind.Call or CallKind.StaticCall && State.AddressWord.SmallNumber(call.To) is > 0 and <= 10;

    private static IEnumerable<string> CompareLine(TraceCase trace, JsonElement expected, CallRecord call, string place, int inside)
    {
        foreach (var (name, actual, wanted) in Fields(expected, call, place, inside))
        {
            if (wanted is not null && wanted != actual && !(wanted == "0x" && actual is ""))
            {
                yield return $"{place}/{name}: {actual}, expected {wanted}";
            }
        }

        string? error = expected.TryGetProperty("error", out var text) ? text.GetString() : null;
        string? actualError = call.IsSuccess ? null : TraceJson.FailureText.Of(call.Status);
        bool isParity = trace.Asks("convertParityErrors") && error is not null && actualError is not null;
        if (!isParity && !CallComparison.IsSameError(error, actualError))
        {
            yield return $"{place}/error: {actualError}, expected {error}";
        }
    }

    private static IEnumerable<(string Name, string Actual, string? Expected)> Fields(JsonElement expected, CallRecord call, string place, int inside)
    {
        var action = expected.GetProperty("action");
        var result = expected.TryGetProperty("result", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        yield return ("traceAddress", place, $"[{string.Join(',', expected.GetProperty("traceAddress").EnumerateArray())}]");
        yield return ("subtraces", inside.ToString(System.Globalization.CultureInfo.InvariantCulture), expected.GetProperty("subtraces").GetRawText());
        if (call.Kind == CallKind.SelfDestruct)
        {
            yield return ("address", call.From.ToString(), Text(action, "address"));
            yield return ("refundAddress", call.To.ToString(), Text(action, "refundAddress"));
            yield return ("balance", TraceJson.Hex.Quantity(call.Value), Text(action, "balance"));
            yield break;
        }

        yield return ("from", call.From.ToString(), Text(action, "from"));
        yield return ("to", call.To.ToString(), Text(action, "to"));
        yield return ("gas", TraceJson.Hex.Quantity(call.Gas), Text(action, "gas"));
        yield return ("value", TraceJson.Hex.Quantity(call.Value), Text(action, "value"));
        yield return (call.IsCreation ? "init" : "input", TraceJson.Hex.Data(call.Input.Span), Text(action, call.IsCreation ? "init" : "input"));
        if (call.IsSuccess || call.Status == Status.Revert)
        {
            yield return ("gasUsed", TraceJson.Hex.Quantity(call.GasUsed), Text(result, "gasUsed"));
            yield return ("output", TraceJson.Hex.Data(call.Output.Span), Text(result, "output"));
            yield return ("code", TraceJson.Hex.Data(call.Output.Span), Text(result, "code"));
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
