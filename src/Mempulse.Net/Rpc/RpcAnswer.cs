using System.Text.Json;

namespace Mempulse.Net.Rpc;

/// <summary>One node's answer to one call; lives as long as the <see cref="RpcAnswers"/> it came with.</summary>
/// <param name="Result">The result; undefined after an error, and of kind Null where the node has nothing.</param>
/// <param name="ErrorCode">The JSON-RPC error code; 0 when there was none.</param>
/// <param name="ErrorMessage">The node's message; empty when there was none.</param>
internal readonly record struct RpcAnswer(JsonElement Result, int ErrorCode, string ErrorMessage)
{
    /// <summary>JSON-RPC 2.0, section 5.1: the method does not exist.</summary>
    public const int MethodNotFound = -32601;

    /// <summary>Our own code for an answer that is missing or has no form.</summary>
    public const int Malformed = int.MinValue;

    /// <summary>True when there is a result that is not null.</summary>
    public bool HasResult => Result.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>True when the node does not offer the method. Nodes and gateways use more codes for it than the one.</summary>
    public bool IsUnsupported =>
        ErrorCode == MethodNotFound
        || (ErrorCode != 0 && (ErrorMessage.Contains("not supported", StringComparison.OrdinalIgnoreCase)
            || ErrorMessage.Contains("does not exist", StringComparison.OrdinalIgnoreCase)
            || ErrorMessage.Contains("not available", StringComparison.OrdinalIgnoreCase)
            || ErrorMessage.Contains("method not found", StringComparison.OrdinalIgnoreCase)));

    /// <summary>An answer that never came, or is none.</summary>
    public static RpcAnswer None => new(default, Malformed, "The node gave no answer to this call.");

    /// <summary>Reads a response object.</summary>
    public static RpcAnswer Read(JsonElement response)
    {
        if (response.ValueKind != JsonValueKind.Object)
        {
            return None;
        }

        if (response.TryGetProperty("error"u8, out var error) && error.ValueKind == JsonValueKind.Object)
        {
            int code = error.TryGetProperty("code"u8, out var number) && number.ValueKind == JsonValueKind.Number
                && number.TryGetInt32(out int value) ? value : Malformed;
            string message = error.TryGetProperty("message"u8, out var text) && text.ValueKind == JsonValueKind.String
                ? text.GetString()! : string.Empty;
            return new RpcAnswer(default, code == 0 ? Malformed : code, message);
        }

        return response.TryGetProperty("result"u8, out var result) ? new RpcAnswer(result, 0, string.Empty) : None;
    }
}
