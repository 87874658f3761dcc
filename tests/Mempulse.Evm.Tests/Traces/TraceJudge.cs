using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Recording;
using Mempulse.Evm.State;
using Mempulse.Evm.TraceJson;
using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.Tests.Traces;

/// <summary>Traces a transaction and compares the result with go-ethereum's. Not thread-safe.</summary>
internal sealed class TraceJudge
{
    private static readonly TransactionRules Rules = new() { Malleability = SignatureMalleability.AnyS };
    private readonly ISenderRecovery _recovery = SenderRecovery.CreateBest();

    /// <summary>Returns the differences; empty if the traces match.</summary>
    public List<string> Judge(TraceCase trace)
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
            "prestate_tracer" or "prestate_tracer_legacy" => PrestateComparison.Compare(trace, Json(json => PrestateJson.Write(json, recorder.Prestate!, trace.Asks("includeEmpty")))),
            "prestate_tracer_with_diff_mode" =>
                PrestateComparison.CompareDifference(trace, Json(json => PrestateJson.WriteDifference(json, recorder.Prestate!))),
            "erc7562_tracer" => [.. CompareCalls(trace, recorder), .. Erc7562Trace.Compare(trace, new EvmExecutor(_recovery), transaction!)],
            _ => CompareCalls(trace, recorder),
        };
    }

    private static List<string> CompareCalls(TraceCase trace, RunRecorder recorder) =>
        CallComparison.Compare(trace, Json(json => CallTraceJson.Write(json, recorder.Calls!)));

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
