using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Evm.TraceJson;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Recording;
using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.Tests.Traces;

/// <summary>go-ethereum's own traces: the same tree of calls with its gas, outputs, errors and logs, and the same prestate.</summary>
public sealed class GethTraceTests
{
    private const string Archive = "geth/geth-tracetest-precompiles-opcodes.tar.zst";
    private const string Folder = "tracetest/testdata/";
    private const int ExpectedCases = 97;

    private static readonly TransactionRules Rules = new() { Malleability = SignatureMalleability.AnyS };
    private readonly ISenderRecovery _recovery = SenderRecovery.CreateBest();

    [Fact]
    public void Every_trace_of_geth_comes_out_the_same()
    {
        var failures = new List<string>();
        int cases = 0;
        foreach (var (path, content) in VectorArchive.Read(Archive).Where(IsTrace))
        {
            cases++;
            using var document = JsonDocument.Parse(content);
            var trace = new TraceCase(path, document.RootElement);
            foreach (string difference in Judge(trace))
            {
                failures.Add($"{trace.Folder}/{trace.Name}: {difference}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(40)));
        Assert.Equal(ExpectedCases, cases);
    }

    private static bool IsTrace(KeyValuePair<string, byte[]> file) =>
        file.Key.Contains(Folder, StringComparison.Ordinal) && file.Key.EndsWith(".json", StringComparison.Ordinal);

    private List<string> Judge(TraceCase trace)
    {
        var reader = new EvmTransactionReader(_recovery, Rules);
        if (!reader.TryRead(trace.Raw, out var transaction, out _, out var failure))
        {
            return [failure.ToString()];
        }

        var recorder = new RunRecorder(RunLimits.None, TraceParts.Prestate | TraceParts.StepDigest);
        var execution = recorder.Execute(new EvmExecutor(_recovery), trace.Block(), transaction!, new WorldState(trace));
        if (execution is not TxExecution.Executed)
        {
            return [execution.ToString()];
        }

        return trace.Folder switch
        {
            "call_tracer_flat" => FlatTrace.Compare(trace, recorder.Calls!),
            "prestate_tracer" or "prestate_tracer_legacy" => PrestateComparison.Compare(trace, Json(json => PrestateJson.Write(json, recorder.Prestate!))),
            "prestate_tracer_with_diff_mode" => PrestateComparison.CompareDifference(trace, Json(json => PrestateJson.WriteDifference(json, recorder.Prestate!))),
            _ => CallComparison.Compare(trace, Json(json => CallTraceJson.Write(json, recorder.Calls!))),
        };
    }

    private static JsonObject Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { MaxDepth = 4096 }))
        {
            write(json);
        }

        return JsonNode.Parse(bytes.WrittenSpan, documentOptions: new JsonDocumentOptions { MaxDepth = 4096 })!.AsObject();
    }
}
