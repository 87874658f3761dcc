using System.Text.Json.Nodes;

namespace Mempulse.Evm.Tests.Traces;

/// <summary>Compares prestates account by account.</summary>
internal static class PrestateComparison
{
    public static List<string> Compare(TraceCase trace, JsonObject actual) => Compare(trace, Node(trace), actual, "");

    public static List<string> CompareDifference(TraceCase trace, JsonObject actual)
    {
        var expected = Node(trace);
        var pre = actual["pre"]!.AsObject();
        var post = actual["post"]!.AsObject();
        if (trace.Asks("disableStorage"))
        {
            // With disableStorage, geth treats an account that changed only its storage as unchanged.
            foreach (string address in post.Where(account => IsOnlyStorage(account.Value!.AsObject())).Select(account => account.Key).ToList())
            {
                post.Remove(address);
                pre.Remove(address);
            }
        }

        return [.. Compare(trace, expected["pre"]!.AsObject(), pre, "pre"), .. Compare(trace, expected["post"]!.AsObject(), post, "post")];
    }

    private static bool IsOnlyStorage(JsonObject account) => account.All(field => field.Key == "storage");

    private static JsonObject Node(TraceCase trace) => JsonNode.Parse(trace.Expected.GetRawText())!.AsObject();

    private static List<string> Compare(TraceCase trace, JsonObject expected, JsonObject actual, string at)
    {
        var differences = new List<string>();
        foreach (string address in expected.Select(account => account.Key).Union(actual.Select(account => account.Key)).Order())
        {
            if (expected[address] is not JsonObject left || actual[address] is not JsonObject right)
            {
                differences.Add($"{at}/{address} is {(actual[address] is null ? "missing" : "unexpected")}");
                continue;
            }

            Prune(trace, left);
            Prune(trace, right);
            if (!JsonNode.DeepEquals(left, right))
            {
                differences.Add($"{at}/{address}: {right.ToJsonString()}, expected {left.ToJsonString()}");
            }
        }

        return differences;
    }

    /// <summary>Removes the fields that the case disables, and empty values, which the old tracer wrote.</summary>
    private static void Prune(TraceCase trace, JsonObject account)
    {
        bool hasCode = account["code"] is { } code && code.GetValue<string>() != "0x";
        if (!hasCode || trace.Asks("disableCode") || trace.Folder == "prestate_tracer_legacy")
        {
            account.Remove("codeHash");
        }

        if (!hasCode || trace.Asks("disableCode"))
        {
            account.Remove("code");
        }

        if (trace.Asks("disableStorage") || account["storage"] is JsonObject { Count: 0 })
        {
            account.Remove("storage");
        }
    }
}
