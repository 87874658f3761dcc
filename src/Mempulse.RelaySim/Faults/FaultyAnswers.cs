using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Mempulse.RelaySim.Faults;

/// <summary>Writes the answer to a request, or what a fault makes of it.</summary>
/// <param name="time">The clock.</param>
/// <param name="lateBy">How late a late answer is.</param>
internal sealed class FaultyAnswers(TimeProvider time, TimeSpan lateBy)
{
    /// <summary>The seconds that Retry-After asks for.</summary>
    public const int RetrySeconds = 1;

    private const int OversizedBytes = 4 << 20;
    private const string Page = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser.</body></html>";

    /// <summary>True for a fault with which the request is not even read.</summary>
    public static bool IsUnread(RelayFault fault) => fault is RelayFault.TooManyRequests or RelayFault.TooManyRequestsForSeconds or RelayFault.TooManyRequestsUntilDate
        or RelayFault.Unavailable or RelayFault.Redirect or RelayFault.ServerError or RelayFault.Html;

    /// <summary>Answers.</summary>
    /// <param name="context">The request.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="usual">The answer of a builder that behaves.</param>
    /// <param name="foreign">The same with the id of another request.</param>
    public async Task WriteAsync(HttpContext context, RelayFault fault, string usual, string foreign)
    {
        var stop = context.RequestAborted;
        switch (fault)
        {
            case RelayFault.EmptyObject:
                await JsonAsync(context, "{}").ConfigureAwait(false);
                break;
            case RelayFault.EmptyBody:
                break;
            case RelayFault.PlainText:
                await TextAsync(context, "OK", "text/plain").ConfigureAwait(false);
                break;
            case RelayFault.AnotherId:
                await JsonAsync(context, foreign).ConfigureAwait(false);
                break;
            case RelayFault.Duplicate:
                await JsonAsync(context, usual + "\n" + usual).ConfigureAwait(false);
                break;
            case RelayFault.Oversized:
                await JsonAsync(context, usual[..^1] + ",\"padding\":\"" + new string('x', OversizedBytes) + "\"}").ConfigureAwait(false);
                break;
            case RelayFault.Late:
                await Task.Delay(lateBy, time, stop).ConfigureAwait(false);
                await JsonAsync(context, usual).ConfigureAwait(false);
                break;
            case RelayFault.Hang:
                await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(false);
                break;
            case RelayFault.Cut:
                context.Abort();
                break;
            case RelayFault.None or RelayFault.SilentDrop or RelayFault.CancelTooLate:
                await JsonAsync(context, usual).ConfigureAwait(false);
                break;
            default:
                await RefuseAsync(context, fault).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Answers without success.</summary>
    private async Task RefuseAsync(HttpContext context, RelayFault fault)
    {
        context.Response.StatusCode = fault switch
        {
            RelayFault.Unavailable => StatusCodes.Status503ServiceUnavailable,
            RelayFault.GatewayTimeout => StatusCodes.Status504GatewayTimeout,
            RelayFault.ServerError => StatusCodes.Status500InternalServerError,
            RelayFault.Redirect => StatusCodes.Status307TemporaryRedirect,
            RelayFault.Html => StatusCodes.Status200OK,
            _ => StatusCodes.Status429TooManyRequests,
        };
        if (fault == RelayFault.TooManyRequestsForSeconds)
        {
            context.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        }
        else if (fault == RelayFault.TooManyRequestsUntilDate)
        {
            context.Response.Headers.RetryAfter = time.GetUtcNow().AddSeconds(RetrySeconds).ToString("R", CultureInfo.InvariantCulture);
        }
        else if (fault == RelayFault.Redirect)
        {
            context.Response.Headers.Location = "https://elsewhere.invalid/";
        }

        await TextAsync(context, fault is RelayFault.GatewayTimeout or RelayFault.Html ? Page : string.Empty, "text/html").ConfigureAwait(false);
    }

    private static Task JsonAsync(HttpContext context, string json) => TextAsync(context, json, "application/json");

    private static async Task TextAsync(HttpContext context, string text, string type)
    {
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted).ConfigureAwait(false);
    }
}
