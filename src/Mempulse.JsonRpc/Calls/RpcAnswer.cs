using System.Text.Json;
using Mempulse.JsonRpc.Refusals;

namespace Mempulse.JsonRpc.Calls;

/// <summary>A node's answer to one call. Valid as long as the <see cref="RpcAnswers"/> it belongs to.</summary>
/// <param name="Result">The result. Undefined after a refusal; of kind Null when the node has nothing.</param>
/// <param name="Refusal">Why there is no result; <see cref="RpcRefusal.None"/> otherwise.</param>
public readonly record struct RpcAnswer(JsonElement Result, RpcRefusal Refusal)
{
    /// <summary>True when there is a result that is not null.</summary>
    public bool HasResult => Result.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>True when the node refused the call or its answer cannot be read.</summary>
    public bool IsRefused => Refusal.IsRefused;

    /// <summary>A missing or unreadable answer.</summary>
    internal static RpcAnswer Malformed => new(default, RpcRefusal.Malformed);

    /// <summary>Reads a response object.</summary>
    internal static RpcAnswer Read(JsonElement response)
    {
        if (response.ValueKind != JsonValueKind.Object)
        {
            return Malformed;
        }

        if (response.TryGetProperty("error"u8, out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            return new RpcAnswer(default, ReadError(error));
        }

        return response.TryGetProperty("result"u8, out var result) ? new RpcAnswer(result, RpcRefusal.None) : Malformed;
    }

    /// <summary>Reads an error object, or the bare text that some gateways send in its place.</summary>
    private static RpcRefusal ReadError(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String)
        {
            return RpcRefusal.OfError(0, error.GetString()!);
        }

        int code = error.TryGetProperty("code"u8, out var number) && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt32(out int value) ? value : 0;
        string message = error.TryGetProperty("message"u8, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()! : string.Empty;
        var refusal = RpcRefusal.OfError(code, message);
        return refusal.Kind == RefusalKind.RateLimited && refusal.RetryAfter is null && error.TryGetProperty("data"u8, out var data)
            ? refusal with { RetryAfter = RetryAfter.InText(data.GetRawText()) }
            : refusal;
    }
}
