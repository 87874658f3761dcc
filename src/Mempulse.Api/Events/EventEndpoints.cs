using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Api.Text;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Events;

/// <summary>GET /events: the log, page by page.</summary>
internal static class EventEndpoints
{
    private const int DefaultLimit = 100;

    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapGet("/events", ListAsync)
        .WithName("ListEvents")
        .WithTags("Events")
        .WithSummary("Events after a position, in order")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .WithDescription("For the next page, pass the value of next as after. A page may be empty although there are more events further on: "
            + "a call reads a bounded stretch of the log, and next advances even when that stretch has no event of the requested types. "
            + "Where the log is damaged, the answer is a problem that names the file, the offset and the positions that cannot be read; "
            + "pass its next as after to go on past them.");

    private static async Task<Results<EventPageResult, ProblemHttpResult>> ListAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        EventCatalog events,
        [Description("The position before the first event of the page; 0 for the beginning.")] string? after,
        [Description("Event types separated by commas; all when absent.")] string? types,
        [Description("The maximum number of events in the page, from 1 to 1000.")] string? limit,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem)
            || !QueryNumber.TrySeq(after, "after", GlobalSeq.None, out var seq, out problem)
            || !KindNames.TryParse(types, events, out var kinds, out problem)
            || !QueryNumber.TryCount(limit, "limit", DefaultLimit, ScanQuery.MaxLimit, out int count, out problem))
        {
            return problem;
        }

        var page = await grains.LogReader(id).Scan(new ScanQuery(seq, kinds, count));
        if (page.Damage is { } damage && page.Next <= seq)
        {
            return Problem.Damaged(damage);
        }

        return new EventPageResult(id, chains.IsSynthetic, page, events);
    }
}
