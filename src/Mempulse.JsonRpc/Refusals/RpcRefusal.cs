namespace Mempulse.JsonRpc.Refusals;

/// <summary>A node's refusal of a call, classified once for every caller.</summary>
/// <remarks><c>default</c> is <see cref="None"/>. JSON-RPC 2.0 reserves few codes and nodes disagree on the rest, so the message decides before the code.</remarks>
public readonly record struct RpcRefusal
{
    private const int TooManyRequests = 429;
    private const int PayloadTooLarge = 413;
    private const int RequestTimeout = 408;
    private const int FirstServerError = 500;
    private const int NotImplemented = 501;
    private const int ServiceUnavailable = 503;

    private readonly string? _message;

    private RpcRefusal(RefusalKind kind, int code, string message)
    {
        Kind = kind;
        Code = code;
        _message = message;
    }

    /// <summary>The call was answered.</summary>
    public static RpcRefusal None => default;

    /// <summary>The answer is missing or is not a JSON-RPC response.</summary>
    public static RpcRefusal Malformed { get; } = new(RefusalKind.Malformed, 0, "The node gave no answer to this call.");

    /// <summary>What kind of refusal it is.</summary>
    public RefusalKind Kind { get; }

    /// <summary>The JSON-RPC error code or the HTTP status; 0 if there is neither.</summary>
    public int Code { get; }

    /// <summary>The node's message; empty if the node sent no message.</summary>
    public string Message => _message ?? string.Empty;

    /// <summary>How long the node asks its callers to wait; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the call was refused.</summary>
    public bool IsRefused => Kind != RefusalKind.None;

    /// <summary>Classifies an error object (JSON-RPC 2.0, section 5.1).</summary>
    public static RpcRefusal OfError(int code, string message)
    {
        var kind = RefusalRules.KindOf(code, message);
        return new RpcRefusal(kind, code, message) { RetryAfter = kind == RefusalKind.RateLimited ? Refusals.RetryAfter.InText(message) : null };
    }

    /// <summary>Classifies an unsuccessful HTTP status. A server that is unavailable for a stated time limits its rate (RFC 9110, section 15.6.4).</summary>
    public static RpcRefusal OfStatus(int status, TimeSpan? retryAfter = null) =>
        new(status == ServiceUnavailable && retryAfter is not null ? RefusalKind.RateLimited : KindOf(status), status, string.Empty) { RetryAfter = retryAfter };

    private static RefusalKind KindOf(int status) => status switch
    {
        TooManyRequests => RefusalKind.RateLimited,
        PayloadTooLarge => RefusalKind.TooLarge,
        RequestTimeout => RefusalKind.Transient,
        NotImplemented => RefusalKind.MethodNotSupported,
        >= FirstServerError => RefusalKind.Transient,
        _ => RefusalKind.Other,
    };
}
