using System.Globalization;
using System.Text;
using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Answers;

/// <summary>Decides what an answer means. Total: every answer has a class, and no answer throws.</summary>
/// <remarks>
/// The status decides where it is unambiguous, then the body. Success is believed only where the builder says so: an answer with success and without a
/// result leaves it open whether the builder has the bundle.
/// </remarks>
internal static class AnswerClassifier
{
    private const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Classifies the answer to the request with an id.</summary>
    public static RelayAnswer Classify(in HttpAnswer answer, ulong id)
    {
        var known = OfStatus(answer.Status);
        if (answer.IsCut)
        {
            return new RelayAnswer { Class = known ?? ErrorClass.TooLong, Status = answer.Status, RetryAfter = answer.RetryAfter, Message = "The answer exceeds the size limit." };
        }

        var said = known is ErrorClass.Redirected ? null : OfBody(answer, id);
        var read = (known, said) switch
        {
            (ErrorClass.Refused or ErrorClass.ServerError, { } body) when IsError(body.Class) => body,
            ({ } status, { } body) => body with { Class = status, NamedHash = null },
            ({ } status, null) => new RelayAnswer { Class = status },
            (null, { } body) => body,
            (null, null) => new RelayAnswer { Class = ErrorClass.EmptyBody },
        };
        return read with { Status = answer.Status, RetryAfter = answer.RetryAfter ?? read.RetryAfter };
    }

    /// <summary>True if the body itself says that the request failed, which is more exact than a status that servers use for everything.</summary>
    private static bool IsError(ErrorClass said) =>
        said is ErrorClass.Refused or ErrorClass.RateLimited or ErrorClass.MethodUnknown or ErrorClass.RequestTooLarge or ErrorClass.ServerError;

    /// <summary>The class that a status alone decides; null if the body decides.</summary>
    private static ErrorClass? OfStatus(int status) => status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => ErrorClass.Redirected,
        401 or 403 or 407 => ErrorClass.NotAuthorized,
        408 or 504 => ErrorClass.GatewayTimeout,
        413 => ErrorClass.RequestTooLarge,
        425 or 429 => ErrorClass.RateLimited,
        503 => ErrorClass.Unavailable,
        >= 400 and < 500 => ErrorClass.Refused,
        _ => ErrorClass.ServerError,
    };

    /// <summary>What the body says; null if it is empty.</summary>
    private static RelayAnswer? OfBody(in HttpAnswer answer, ulong id)
    {
        var body = Trim(answer.Body);
        if (body.IsEmpty)
        {
            return null;
        }

        if (body.Span[0] == '<' || answer.MediaType is "text/html" or "application/xhtml+xml")
        {
            return new RelayAnswer { Class = ErrorClass.Html, Message = "The answer is a page." };
        }

        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return OfJson(document.RootElement, id);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // A string with bytes or surrogates that are no text fails only when it is read, with the second exception.
            bool isText = body.Span[0] is not ((byte)'{' or (byte)'[' or (byte)'"');
            return isText
                ? new RelayAnswer { Class = ErrorClass.PlainText, Message = RelayAnswer.Shown(Encoding.UTF8.GetString(body.Span)) }
                : new RelayAnswer { Class = ErrorClass.Malformed, Message = "The answer is broken JSON." };
        }
    }

    private static RelayAnswer OfJson(JsonElement root, ulong id)
    {
        if (root.ValueKind == JsonValueKind.String)
        {
            return new RelayAnswer { Class = ErrorClass.PlainText, Message = RelayAnswer.Shown(root.GetString()!) };
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return new RelayAnswer { Class = ErrorClass.Malformed, Message = "The answer is JSON and no object." };
        }

        if (!root.EnumerateObject().Any())
        {
            return new RelayAnswer { Class = ErrorClass.EmptyObject };
        }

        return HasAnotherId(root, id)
            ? new RelayAnswer { Class = ErrorClass.AnotherId, Message = "The answer has the id of another request." }
            : ErrorAnswers.Read(root) ?? OfResult(root);
    }

    /// <summary>An id that is absent or null is the sender's: several builders leave it out.</summary>
    private static bool HasAnotherId(JsonElement root, ulong id) => root.TryGetProperty("id"u8, out var given) && given.ValueKind switch
    {
        JsonValueKind.Null => false,
        JsonValueKind.Number => !given.TryGetUInt64(out ulong number) || number != id,
        JsonValueKind.String => given.GetString() != id.ToString(NumberFormatInfo.InvariantInfo),
        _ => true,
    };

    private static RelayAnswer OfResult(JsonElement root)
    {
        if (!root.TryGetProperty("result"u8, out var result))
        {
            // mev_sendBundle of Flashbots documents an answer that is the result itself.
            return HashIn(root) is { } bare
                ? new RelayAnswer { Class = ErrorClass.None, NamedHash = bare }
                : new RelayAnswer { Class = ErrorClass.Malformed, Message = "The answer has neither a result nor an error." };
        }

        return result.ValueKind switch
        {
            JsonValueKind.False => new RelayAnswer { Class = ErrorClass.Refused, Message = "The result is false." },
            JsonValueKind.Number => OfNumber(result),
            _ => new RelayAnswer { Class = ErrorClass.None, NamedHash = HashIn(result), Result = Encoding.UTF8.GetBytes(result.GetRawText()) },
        };
    }

    /// <summary>Builders that answer <c>{"result":200}</c> mean the HTTP status.</summary>
    private static RelayAnswer OfNumber(JsonElement result)
    {
        var kind = result.TryGetInt32(out int status) ? OfStatus(status) ?? ErrorClass.None : ErrorClass.Malformed;
        return new RelayAnswer { Class = kind, Message = kind == ErrorClass.None ? string.Empty : RelayAnswer.Shown($"The result is {result.GetRawText()}.") };
    }

    private static Hash256? HashIn(JsonElement result) =>
        (result.ValueKind == JsonValueKind.String && RpcHex.TryReadHash(result, out var hash))
        || (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("bundleHash"u8, out var named) && RpcHex.TryReadHash(named, out hash))
            ? hash
            : null;

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> body)
    {
        ReadOnlySpan<byte> blanks = " \t\r\n"u8;
        int from = body.Span.IndexOfAnyExcept(blanks);
        return from < 0 ? default : body[from..(body.Span.LastIndexOfAnyExcept(blanks) + 1)];
    }
}
