using System.Text.Json;
using Mempulse.Evm.Recording;
using Mempulse.Evm.TraceJson;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Sim.Running;

/// <summary>Writes the trace of a bundle: a JSON array with the call tree of each executed transaction, in the format of geth's callTracer.</summary>
internal sealed class BundleTrace
{
    /// <summary>Allows an object and an array for each of 1,025 nested frames.</summary>
    private const int MaxJsonDepth = 4096;

    private readonly ByteBuffer _buffer = new();

    /// <summary>Returns the JSON in UTF-8.</summary>
    public byte[] Write(IReadOnlyList<CallRecord> calls)
    {
        _buffer.Clear();
        using (var json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { MaxDepth = MaxJsonDepth }))
        {
            json.WriteStartArray();
            for (int i = 0; i < calls.Count; i++)
            {
                CallTraceJson.Write(json, calls[i]);
            }

            json.WriteEndArray();
        }

        return _buffer.WrittenSpan.ToArray();
    }
}
