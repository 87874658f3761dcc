using System.Text.Json;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>The list of files that lies in each release of execution-spec-tests; there is nothing in it to run.</summary>
internal sealed class FixtureIndexShape : IVectorShape
{
    public string Name => "the index of a release of fixtures";

    public bool Accepts(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("root_hash", out _) && root.TryGetProperty("test_cases", out _);

    public void Run(string path, JsonElement root, VectorReport report) => report.Leave(Name);
}
