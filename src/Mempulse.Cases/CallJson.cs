using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Features.Decoding;
using Mempulse.Features.Grading;
using Mempulse.Features.Json;
using Mempulse.Features.Trades;
using Mempulse.Primitives.Json;

namespace Mempulse.Cases;

/// <summary>A decoded call as JSON, in the form of <see cref="DecodeJson"/>.</summary>
public static class CallJson
{
    /// <summary>A call as one object.</summary>
    /// <param name="tree">The decoded call.</param>
    /// <param name="trades">Its trades.</param>
    /// <param name="calldata">The calldata that was decoded.</param>
    public static JsonNode ToJson(DecodeTree tree, IReadOnlyList<Trade> trades, ReadOnlySpan<byte> calldata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, EventJson.WriterOptions))
        {
            DecodeJson.Write(json, tree, trades, calldata, DecodeTrust.Full); // grades are in a log
        }

        return JsonNode.Parse(buffer.ToArray())!;
    }
}
