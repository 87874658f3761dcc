using System.Text.Json;
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

    private static bool IsTrace(KeyValuePair<string, byte[]> file) =>
        file.Key.Contains(Folder, StringComparison.Ordinal) && file.Key.EndsWith(".json", StringComparison.Ordinal);
}
