using System.Text.Json;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Recording;

namespace Mempulse.Evm.TraceJson;

/// <summary>Writes a call tree in the format of geth's callTracer with logs.</summary>
/// <remarks>
/// <see href="https://geth.ethereum.org/docs/developers/evm-tracing/built-in-tracers#call-tracer"/>. The same tree gives the same bytes, whose hash is
/// the trace digest of a simulation. The protocol bounds the depth of the recursion.
/// </remarks>
public static class CallTraceJson
{
    /// <summary>Writes <paramref name="call"/> with its nested calls.</summary>
    public static void Write(Utf8JsonWriter json, CallRecord call)
    {
        json.WriteStartObject();
        json.WriteString("type", NameOf(call.Kind));
        json.WriteString("from", call.From.ToString());
        if (!call.IsCreation || call.IsSuccess)
        {
            json.WriteString("to", call.To.ToString());
        }

        if (call.Kind != CallKind.StaticCall)
        {
            json.WriteString("value", Hex.Quantity(call.Value));
        }

        json.WriteString("gas", Hex.Quantity(call.Gas));
        json.WriteString("gasUsed", Hex.Quantity(call.GasUsed));
        json.WriteString("input", Hex.Data(call.Input.Span));
        if (!call.Output.IsEmpty)
        {
            json.WriteString("output", Hex.Data(call.Output.Span));
        }

        WriteFailure(json, call);
        WriteInside(json, call);
        json.WriteEndObject();
    }

    /// <summary>Returns the type of a call as geth writes it.</summary>
    internal static string NameOf(CallKind kind) => kind switch
    {
        CallKind.Call => "CALL",
        CallKind.CallCode => "CALLCODE",
        CallKind.DelegateCall => "DELEGATECALL",
        CallKind.StaticCall => "STATICCALL",
        CallKind.Create => "CREATE",
        CallKind.Create2 => "CREATE2",
        _ => "SELFDESTRUCT",
    };

    private static void WriteFailure(Utf8JsonWriter json, CallRecord call)
    {
        if (!call.IsSuccess)
        {
            json.WriteString("error", FailureText.Of(call.Status));
            if (call.Status == Status.Revert && RevertText.TryRead(call.Output.Span, out string reason))
            {
                json.WriteString("revertReason", reason);
            }
        }
    }

    private static void WriteInside(Utf8JsonWriter json, CallRecord call)
    {
        if (call.Calls.Count > 0)
        {
            json.WriteStartArray("calls");
            for (int i = 0; i < call.Calls.Count; i++)
            {
                Write(json, call.Calls[i]);
            }

            json.WriteEndArray();
        }

        if (call.Logs.Count > 0)
        {
            json.WriteStartArray("logs");
            for (int i = 0; i < call.Logs.Count; i++)
            {
                WriteLog(json, call.Logs[i]);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteLog(Utf8JsonWriter json, CallLog entry)
    {
        json.WriteStartObject();
        json.WriteString("address", entry.Log.Address.ToString());
        json.WriteStartArray("topics");
        for (int i = 0; i < entry.Log.Topics.Count; i++)
        {
            json.WriteStringValue(entry.Log.Topics[i].ToString());
        }

        json.WriteEndArray();
        json.WriteString("data", Hex.Data(entry.Log.Data.Span));
        json.WriteString("position", Hex.Quantity((ulong)entry.Position));
        json.WriteEndObject();
    }
}
