using System.Diagnostics;
using System.Text.Json;
using Mempulse.JsonRpc.Refusals;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Answers;

/// <summary>Reads errors: objects of JSON-RPC, bare texts, and the <c>code</c> and <c>message</c> of other interfaces.</summary>
internal static class ErrorAnswers
{
    /// <summary>JSON-RPC 2.0, section 5.1: an error of the server, not of the request.</summary>
    private const int InternalError = -32603;

    /// <summary>Returns the classified error; null if the answer has none.</summary>
    public static RelayAnswer? Read(JsonElement root)
    {
        if (root.TryGetProperty("error"u8, out var error) && error.ValueKind != JsonValueKind.Null)
        {
            return error.ValueKind switch
            {
                JsonValueKind.Object => Of(CodeIn(error), MessageIn(error)),
                JsonValueKind.String => Of(0, error.GetString()!),
                JsonValueKind.False => null,
                _ => Of(0, error.GetRawText()),
            };
        }

        return root.TryGetProperty("code"u8, out _) && root.TryGetProperty("message"u8, out _) ? Of(CodeIn(root), MessageIn(root)) : null;
    }

    private static RelayAnswer Of(int code, string message)
    {
        var refusal = RpcRefusal.OfError(code, message);
        return new RelayAnswer { Class = ClassOf(refusal.Kind, code), Code = code, Message = RelayAnswer.Shown(message), RetryAfter = refusal.RetryAfter };
    }

    private static ErrorClass ClassOf(RefusalKind kind, int code) => kind switch
    {
        RefusalKind.RateLimited => ErrorClass.RateLimited,
        RefusalKind.MethodNotSupported => ErrorClass.MethodUnknown,
        RefusalKind.TooLarge => ErrorClass.RequestTooLarge,
        RefusalKind.Transient => ErrorClass.ServerError,
        RefusalKind.NotSupportedInBatch or RefusalKind.BatchTooLarge or RefusalKind.StateUnavailable or RefusalKind.Other =>
            code == InternalError ? ErrorClass.ServerError : ErrorClass.Refused,
        _ => throw new UnreachableException(),
    };

    private static int CodeIn(JsonElement error) =>
        error.TryGetProperty("code"u8, out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out int number) ? number : 0;

    private static string MessageIn(JsonElement error) =>
        error.TryGetProperty("message"u8, out var message) && message.ValueKind == JsonValueKind.String ? message.GetString()! : string.Empty;
}
