using System.Text.Json;
using Mempulse.Evm.Tests.Traces;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>Transaction traces in the format of go-ethereum's tests: call tracer, flat call tracer and prestate tracer.</summary>
internal sealed class TraceShape : IVectorShape
{
    private static readonly string[] Fields = ["genesis", "context", "input", "result"];
    private static readonly string[] Tracers = ["call_tracer", "prestate_tracer"];
    private readonly TraceJudge _judge = new();

    public string Name => "geth traces";

    public bool Accepts(JsonElement root) => root.ValueKind == JsonValueKind.Object
        && Fields.All(field => root.TryGetProperty(field, out _));

    public void Run(string path, JsonElement root, VectorReport report)
    {
        string folder = Path.GetFileName(Path.GetDirectoryName(path)) ?? string.Empty;
        bool isNamed = Tracers.Any(tracer => folder.StartsWith(tracer, StringComparison.Ordinal));
        var trace = new TraceCase(isNamed ? path : $"{TracerOf(root.GetProperty("result"))}/{Path.GetFileName(path)}", root);
        var differences = _judge.Judge(trace);
        differences.ForEach(difference => report.Fail($"{path}: {difference}"));
        if (differences.Count == 0)
        {
            report.Pass($"traces, {trace.Folder}");
        }
    }

    /// <summary>Infers the tracer from its result if the folder name does not identify it.</summary>
    private static string TracerOf(JsonElement result)
    {
        if (result.ValueKind == JsonValueKind.Array)
        {
            return "call_tracer_flat";
        }

        if (result.TryGetProperty("pre", out _) && result.TryGetProperty("post", out _))
        {
            return "prestate_tracer_with_diff_mode";
        }

        return result.TryGetProperty("type", out _) ? "call_tracer" : "prestate_tracer";
    }
}
