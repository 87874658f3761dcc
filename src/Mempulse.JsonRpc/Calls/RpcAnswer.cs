using System.Text.Json;
using Mempulse.JsonRpc.Refusals;

namespace Mempulse.JsonRpc.Calls;

/// <summary>One node's answer to one call; lives as long as the <see cref="RpcAnswers"/> it came with.</summary>
/// <param name="Result">The result; undefined after a refusal, and of kind Null where the node has nothing.</param>
/// <param name="Refusal">Why there is no result; <see cref="RpcRefusal.None"/> when there is one.</param>
public readonly record struct RpcAnswer(JsonElement Result, RpcRefusal Refusal)
{
    /// <summary>True when there is a result that is not null.</summary>
    public bool HasResult => Result.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>True when the node refused the call, or did not answer it in a form that can be read.</summary>
    public bool IsRefused => Refusal.IsRefused;

    /// <summary>No answer to this call, or none that can be read.</summary>
    internal static RpcAnswer Malformed => new(default, RpcRefusal.Malformed);

    /// <summary>Reads a response object.</summary>
    internal static RpcAnswer Read(JsonElement response)
    {
        if (response.ValueKind != JsonValueKind.Object)
        {
            return Malformed;
        }

        if (response.TryGetProperty("error"u8, out var error) && error.ValueKind == JsonValueKind.Object)
        {
            int code = error.TryGetProperty("code"u8, out var number) && number.ValueKind == JsonValueKind.Number
                && number.TryGetInt32(out int value) ? value : 0;
            string message = error.TryGetProperty("message"u8, out var text) && text.ValueKind == JsonValueKind.String
                ? text.GetString()! : string.Empty;
            return new RpcAnswer(default, RpcRefusal.OfError(code, message));
        }

        return response.TryGetProperty("result"u8, out var result) ? new RpcAnswer(result, RpcRefusal.None) : Malformed;
    }
}
