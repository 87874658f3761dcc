using System.Threading.RateLimiting;
using Mempulse.Api.Problems;
using Mempulse.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mempulse.Api.Serving;

/// <summary>Answers each request within the bounds of its class: how many at a time, bytes of bodies, bytes of unsent responses.</summary>
/// <remarks>
/// A body is read before the request takes its turn, and a response is sent after the turn is over. So a slow client holds bytes of a budget,
/// never a turn, and Kestrel cuts it off when it falls below the minimum rate.
/// </remarks>
internal sealed class BoundedServing(RequestDelegate next, RequestShares shares, ServingMeter meter)
{
    /// <summary>Bytes in memory for each byte of a body: the text, its strings and the bytes that they encode.</summary>
    private const int BytesPerBodyByte = 4;

    /// <summary>Budget that must be free before a turn begins: about a large page, so that no page is read only to be refused.</summary>
    private const int BytesPerTurn = 256 << 10;

    /// <summary>Answers one request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (shares.OfOpen(context.Request) is { } places)
        {
            await KeepOpenAsync(context, places).ConfigureAwait(false);
            return;
        }

        var share = shares.Of(context.Request);
        long body = context.Request.ContentLength is { } length ? length : HasBody(context) ? MaxBodyBytes(context) : 0;
        if (body > MaxBodyBytes(context))
        {
            await Problem.TooLarge(MaxBodyBytes(context)).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        if (!share.Bodies.TryTake(body * BytesPerBodyByte))
        {
            await RefuseAsync(context, "bodies").ConfigureAwait(false);
            return;
        }

        try
        {
            await ReadAndAnswerAsync(context, share, body).ConfigureAwait(false);
        }
        finally
        {
            share.Bodies.Return(body * BytesPerBodyByte);
        }
    }

    /// <summary>A reader of the stream, and a viewer of the dashboard, write to the connection itself, as much as the connection takes.</summary>
    private async Task KeepOpenAsync(HttpContext context, ConcurrencyLimiter places)
    {
        using var place = places.AttemptAcquire();
        if (!place.IsAcquired)
        {
            await RefuseAsync(context, places == shares.Streams ? "streams" : "viewers").ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    private async Task ReadAndAnswerAsync(HttpContext context, RequestShare share, long bodyBytes)
    {
        if (bodyBytes > 0)
        {
            try
            {
                var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
                body.Position = 0;
                context.Request.Body = body;
            }
            catch (BadHttpRequestException bad)
            {
                await Problem.Unreadable(bad, MaxBodyBytes(context)).ExecuteAsync(context).ConfigureAwait(false);
                return;
            }
        }

        var response = new ResponseBuffer(share.Responses);
        await using (response.ConfigureAwait(false))
        {
            if (await TryAnswerAsync(context, share, response).ConfigureAwait(false))
            {
                await SendAsync(context, response).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Writes the response into the buffer.</summary>
    /// <returns>False when a limit was reached and the request is answered.</returns>
    private async Task<bool> TryAnswerAsync(HttpContext context, RequestShare share, ResponseBuffer response)
    {
        var wire = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        if (!share.Responses.HasLeft(BytesPerTurn))
        {
            await RefuseAsync(context, "responses").ConfigureAwait(false);
            return false;
        }

        using (var turn = await share.Requests.AcquireAsync(permitCount: 1, context.RequestAborted).ConfigureAwait(false))
        {
            if (!turn.IsAcquired || !share.Responses.TryTake(BytesPerTurn))
            {
                await RefuseAsync(context, turn.IsAcquired ? "responses" : "requests").ConfigureAwait(false);
                return false;
            }

            try
            {
                context.Response.Body = response;
                await next(context).ConfigureAwait(false);
                await context.Response.CompleteAsync().ConfigureAwait(false);
                EntityTag.Apply(context, response);
            }
            catch (IOException) when (response.IsOverBudget)
            {
                // Refused below.
            }
            finally
            {
                context.Features.Set(wire);
                share.Responses.Return(BytesPerTurn);
            }
        }

        if (response.IsOverBudget)
        {
            context.Response.Clear();
            await RefuseAsync(context, "responses").ConfigureAwait(false);
        }

        return !response.IsOverBudget;
    }

    private async Task SendAsync(HttpContext context, ResponseBuffer response)
    {
        if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = Problem.RetrySeconds;
        }

        if (response.Length == 0)
        {
            return;
        }

        context.Response.ContentLength = response.Length;
        try
        {
            while (response.Length > 0)
            {
                await context.Response.BodyWriter.WriteAsync(response.First, context.RequestAborted).ConfigureAwait(false);
                response.ReturnFirst();
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            meter.Cut();
        }
    }

    private Task RefuseAsync(HttpContext context, string limit)
    {
        meter.Refused(limit);
        context.Response.Headers.RetryAfter = Problem.RetrySeconds;
        return Problem.Unavailable("A request limit of the service is reached. Retry in a second.").ExecuteAsync(context);
    }

    private static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    private static long MaxBodyBytes(HttpContext context) =>
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? ServingSetup.MaxOtherBodyBytes;
}
