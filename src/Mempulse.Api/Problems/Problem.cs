using Mempulse.Grains.Abstractions.Logs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Problems;

/// <summary>Errors as RFC 9457 problem details: each is one sentence with the cause and the remedy.</summary>
internal static class Problem
{
    /// <summary>The value of Retry-After of every answer that a retry may change.</summary>
    public const string RetrySeconds = "1";

    /// <summary>The request is invalid.</summary>
    public static ProblemHttpResult BadRequest(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The request is invalid.");

    /// <summary>The requested item does not exist.</summary>
    public static ProblemHttpResult NotFound(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "Not found.");

    /// <summary>The request is valid, but what the node stores does not allow it.</summary>
    public static ProblemHttpResult Conflict(string title, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: title);

    /// <summary>The log is damaged at the requested position. The member "next", passed as "after", leads past the damage.</summary>
    public static ProblemHttpResult Damaged(DamagedPlace damage) => TypedResults.Problem(
        damage.Detail,
        statusCode: StatusCodes.Status500InternalServerError,
        title: "The log is damaged.",
        extensions: new Dictionary<string, object?>
        {
            ["file"] = damage.File,
            ["offset"] = damage.Offset,
            ["firstLost"] = damage.First.Value,
            ["lastLost"] = damage.Last.Value,
            ["next"] = damage.Last.Value,
        });

    /// <summary>The service cannot answer now.</summary>
    public static ProblemHttpResult Unavailable(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Temporarily unavailable.");

    /// <summary>The body exceeds its limit.</summary>
    public static ProblemHttpResult TooLarge(long maxBytes) =>
        TypedResults.Problem($"The body is too large. The limit is {maxBytes} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "The request cannot be read.");

    /// <summary>The server cannot read the body: too large, or sent too slowly.</summary>
    public static ProblemHttpResult Unreadable(BadHttpRequestException failure, long maxBytes) => failure.StatusCode == StatusCodes.Status413PayloadTooLarge
        ? TooLarge(maxBytes)
        : TypedResults.Problem(failure.Message, statusCode: failure.StatusCode, title: "The request cannot be read.");

    /// <summary>The request names another host.</summary>
    public static ProblemHttpResult Misdirected(string host) => TypedResults.Problem(
        $"'{host}' is not a host of this service: expected localhost, a loopback address, or a name in Mempulse:Api:Hosts.",
        statusCode: StatusCodes.Status421MisdirectedRequest,
        title: "The request is for another host.");

    /// <summary>A page of another site opens a WebSocket or posts, which browsers do not keep to one origin.</summary>
    public static ProblemHttpResult ForeignOrigin(string origin) => TypedResults.Problem(
        $"'{origin}' is not the origin of this service: its pages may not read the stream or make this service act.",
        statusCode: StatusCodes.Status403Forbidden,
        title: "The request comes from another site.");

    /// <summary>The limit of the request's key is reached.</summary>
    public static ProblemHttpResult TooMany(int perMinute, int seconds) => TypedResults.Problem(
        $"{perMinute} requests a minute used; next in {seconds} s.", statusCode: StatusCodes.Status429TooManyRequests, title: "Too many requests.");

    /// <summary>The body is not JSON by its content type.</summary>
    public static ProblemHttpResult NotJson(string? contentType) => TypedResults.Problem(
        NotJsonDetail(contentType), statusCode: StatusCodes.Status415UnsupportedMediaType, title: "Unsupported Media Type");

    /// <summary>What is wrong with a request that no endpoint answered; null where the status suffices.</summary>
    public static string? DetailOf(HttpRequest request, int? status) => status switch
    {
        StatusCodes.Status401Unauthorized => "The request has no key that this service knows: expected 'Authorization: Bearer KEY', 'X-Api-Key: KEY', or the key as the password of a browser's prompt.",
        StatusCodes.Status403Forbidden => "This key may read, not operate.",
        StatusCodes.Status404NotFound => $"'{request.Path}' is not a route of this API: /openapi/v1.json lists the routes.",
        StatusCodes.Status405MethodNotAllowed => $"'{request.Path}' does not accept {request.Method}.",
        StatusCodes.Status415UnsupportedMediaType => NotJsonDetail(request.ContentType),
        _ => null,
    };

    private static string NotJsonDetail(string? contentType) => $"'{contentType}' is not a valid content type: expected application/json.";
}
