using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Api.Serving;
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

/// <summary>GET /events: the log, page by page. GET /events/{seq}: one event of it.</summary>
internal static class EventEndpoints
{
    private const int DefaultLimit = 100;

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", ListAsync)
            .WithName("ListEvents")
            .WithEntityTag()
            .WithTags("Events")
            .WithSummary("Events after a position, in order")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithDescription("For the next page, pass the value of next as after. A page may be empty although there are more events further on: "
                + "a call reads a bounded stretch of the log, and next advances even when that stretch has no event of the requested types. "
                + "Where the log is damaged, the answer is a problem that names the file, the offset and the positions that cannot be read; "
                + "pass its next as after to go on past them.");
        routes.MapGet("/events/{seq}", FindAsync)
            .WithName("FindEvent")
            .WithEntityTag()
            .WithTags("Events")
            .WithSummary("The event at a position; it never changes")
            .WithDescription("The text is that of GET /events, byte for byte, and its entity tag never changes: a position is used once.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

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

    private static async Task<Results<EventResult, ProblemHttpResult>> FindAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        EventCatalog events,
        [Description("The position of the event, from 1.")] string seq,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem) || !QueryNumber.TrySeq(seq, "seq", GlobalSeq.None, out var wanted, out problem))
        {
            return problem;
        }

        if (wanted == GlobalSeq.None)
        {
            return Problem.BadRequest("'0' is not a valid 'seq': positions start at 1.");
        }

        var page = await grains.LogReader(id).Scan(new ScanQuery(new GlobalSeq(wanted.Value - 1), [], 1));
        return page.Records is [var record] && record.Seq == wanted ? new EventResult(record, events)
            : page.Damage is { } damage ? Problem.Damaged(damage)
            : Problem.NotFound($"The log of chain {id} has no event {wanted.Value}: it ends at {page.Watermark.Value}.");
    }
}
