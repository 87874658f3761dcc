using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Api.Serving;
using Mempulse.Api.Text;
using Mempulse.Primitives.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Streaming;

/// <summary>GET /stream: events as they become durable, as server-sent events or over a WebSocket.</summary>
internal static class StreamEndpoints
{
    private const string ResumeHeader = "Last-Event-ID";

    public static void MapStream(this IEndpointRouteBuilder routes) => routes.MapGet("/stream", OpenAsync)
        .WithName("StreamEvents")
        .WithTags("Events")
        .WithSummary("Events as they become durable")
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .WithDescription("Server-sent events, or text messages for a request that opens a WebSocket. Each event is in the text of GET /events, and its id is its position: a reader that connects again "
            + $"with it in {ResumeHeader}, as browsers do, or in after, gets all that it missed from the log. The first item, hello, says where the stream begins. "
            + "A reader that does not keep up is not cut off: events that it did not take in time are passed over, and an item named coalesced has their positions, which GET /events returns. "
            + "Positions that cannot be read are named by an item named damaged. After 15 seconds without an event, an item named position says how far the stream is.");

    private static async Task<Results<StreamResult, ProblemHttpResult>> OpenAsync(
        HttpContext context,
        StreamReaders readers,
        ChainDirectory chains,
        EventCatalog events,
        [Description("The position before the first event; the end of the log when absent.")] string? after,
        [Description("Event types separated by commas; all when absent.")] string? types,
        [Description("Only events about this transaction.")] string? tx,
        [Description("Only events about this account.")] string? sender,
        [Description("Only events about this opportunity.")] string? opp,
        [Description("Only events about this bundle.")] string? bundle,
        [Description("'false' ends the stream at the present end of the log.")] string? follow,
        [Description("The number of events after which the stream ends, from 1 to 1000000; none when absent.")] string? limit,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem)
            || !KindNames.TryParse(types, events, out var kinds, out problem)
            || !StreamQuery.TryKey(tx, sender, opp, bundle, out var key, out problem)
            || !StreamQuery.TryFollow(follow, out bool isFollowing, out problem)
            || !QueryNumber.TryCount(limit, "limit", StreamQuery.MaxLimit, StreamQuery.MaxLimit, out int count, out problem))
        {
            return problem;
        }

        if (context.WebSockets.IsWebSocketRequest && PageOrigin.IsForeign(context.Request, out string origin))
        {
            return Problem.ForeignOrigin(origin);
        }

        var watermark = await readers.WatermarkAsync(id).ConfigureAwait(false);
        string? resumed = context.Request.Headers[ResumeHeader];
        if (!StreamQuery.TryAfter(resumed, after, watermark, out var seq, out problem))
        {
            return problem;
        }

        return new StreamResult(readers, new StreamRequest(id, new StreamFilter(kinds, key), StreamItem.Hello(id, chains.IsSynthetic, seq, watermark))
        {
            End = isFollowing ? null : watermark,
            Limit = limit is null ? long.MaxValue : count,
        }.By(context.User.Identity?.Name));
    }
}
