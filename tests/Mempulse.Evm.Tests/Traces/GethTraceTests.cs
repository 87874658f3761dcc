using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Evm.Tests.Vectors;

namespace Mempulse.Evm.Tests.Traces;

/// <summary>Compares call trees (gas, output, errors, logs) and prestates with go-ethereum's traces.</summary>
public sealed class GethTraceTests
{
    private const string Archive = "geth/geth-tracetest-precompiles-opcodes.tar.zst";
    private const string Folder = "tracetest/testdata/";
    private const int ExpectedCases = 97;

    private readonly TraceJudge _judge = new();

    [Fact]
    public void Every_trace_matches_geths()
    {
        var failures = new List<string>();
        int cases = 0;
        foreach (var (path, content) in VectorArchive.Read(Archive).Where(IsTrace))
        {
            cases++;
            using var document = JsonDocument.Parse(content);
            var trace = new TraceCase(path, document.RootElement);
            foreach (string difference in _judge.Judge(trace))
            {
                failures.Add($"{trace.Folder}/{trace.Name}: {difference}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(40)));
        Assert.Equal(ExpectedCases, cases);
    }

    /// <summary>Guards the comparison: no trace passes when any one member of its result is gone, or when the result is empty.</summary>
    [Fact]
    public void Every_trace_fails_when_a_member_of_its_result_is_removed()
    {
        var passing = new List<string>();
        foreach (var (path, content) in VectorArchive.Read(Archive).Where(IsTrace))
        {
            var file = JsonNode.Parse(content)!.AsObject();
            foreach (var (removed, changed) in Broken(file["result"]!))
            {
                file["result"] = changed;
                // The legacy files may omit the output of a failed call.
                bool isOptional = removed == "output" && path.Contains("_legacy/", StringComparison.Ordinal);
                if (!isOptional && !Fails(path, file))
                {
                    passing.Add($"{path[(path.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..]}: {removed}");
                }
            }
        }

        Assert.True(passing.Count == 0, string.Join('\n', passing));
    }

    /// <summary>The result without each of its members in turn, and without all of them.</summary>
    private static IEnumerable<(string Removed, JsonNode Changed)> Broken(JsonNode result)
    {
        if (result is not JsonObject members)
        {
            return [("everything", new JsonArray())];
        }

        return members.Where(IsMeaningful).Select(member => (member.Key, (JsonNode)Without(members, member.Key))).Prepend(("everything", new JsonObject()));
    }

    /// <summary>An empty input or output may be omitted.</summary>
    private static bool IsMeaningful(KeyValuePair<string, JsonNode?> member) => member.Value is not JsonValue value || !value.TryGetValue(out string? text) || text != "0x";

    private static JsonObject Without(JsonObject members, string name)
    {
        var copy = members.DeepClone().AsObject();
        copy.Remove(name);
        return copy;
    }

    /// <summary>A result that cannot be read fails as well.</summary>
    private bool Fails(string path, JsonObject file)
    {
        try
        {
            return _judge.Judge(new TraceCase(path, JsonSerializer.Deserialize<JsonElement>(file))).Count != 0;
        }
        catch (Exception failure) when (failure is KeyNotFoundException or NullReferenceException or InvalidOperationException)
        {
            return true;
        }
    }

    private static bool IsTrace(KeyValuePair<string, byte[]> file) =>
        file.Key.Contains(Folder, StringComparison.Ordinal) && file.Key.EndsWith(".json", StringComparison.Ordinal);
}
