using System.Text.Json;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>The index file of an execution-spec-tests release; it contains nothing to run.</summary>
internal sealed class FixtureIndexShape : IVectorShape
{
    public string Name => "fixture release index";

    public bool Accepts(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("root_hash", out _) && root.TryGetProperty("test_cases", out _);

    public void Run(string path, JsonElement root, VectorReport report) => report.Skip(Name);
}
