using System.Text.Json.Nodes;

namespace Mempulse.Cases;

/// <summary>The first place where two JSON documents differ.</summary>
internal static class JsonDifference
{
    /// <summary>The path and both values; null if the documents are equal. Members are compared in the order of the first document.</summary>
    public static (string Path, string Stated, string Found)? First(JsonNode? stated, JsonNode? found, string path = "")
    {
        switch (stated, found)
        {
            case (JsonObject one, JsonObject other):
                return one.Select(member => First(member.Value, other[member.Key], $"{path}.{member.Key}")).FirstOrDefault(static difference => difference is not null)
                    ?? (one.Count == other.Count ? null : (path, $"{one.Count} members", $"{other.Count} members"));
            case (JsonArray one, JsonArray other):
                return one.Zip(other).Select((pair, index) => First(pair.First, pair.Second, $"{path}[{index}]")).FirstOrDefault(static difference => difference is not null)
                    ?? (one.Count == other.Count ? null : (path, $"{one.Count} items", $"{other.Count} items"));
            default:
                return JsonNode.DeepEquals(stated, found) ? null : (path, stated?.ToJsonString() ?? "null", found?.ToJsonString() ?? "null");
        }
    }
}
