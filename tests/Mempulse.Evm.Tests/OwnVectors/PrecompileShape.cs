using System.Text.Json;
using Mempulse.Evm.Tests.Precompiles;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>Precompile vectors in go-ethereum's format; the file name identifies the precompile.</summary>
internal sealed class PrecompileShape : IVectorShape
{
    private const string TestName = "Name";
    private readonly PrecompileVectorTests _judge = new();

    public string Name => "precompile vectors";

    public bool Accepts(JsonElement root) =>
        root.ValueKind == JsonValueKind.Array && root.GetArrayLength() != 0
        && root.EnumerateArray().All(vector => vector.ValueKind == JsonValueKind.Object && vector.TryGetProperty("Input", out _)
            && (vector.TryGetProperty("Expected", out _) || vector.TryGetProperty("ExpectedError", out _)));

    public void Run(string path, JsonElement root, VectorReport report)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        foreach (var vector in root.EnumerateArray())
        {
            if (_judge.Judge(name, vector) is { } failure)
            {
                report.Fail($"{path}: {vector.GetProperty(TestName).GetString()}: {failure}");
            }
            else
            {
                report.Pass(Name);
            }
        }
    }
}
