using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Api.Text;
using Mempulse.Client.Replays;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Replays;

/// <summary>GET /replay: the states at two positions, what differs, and the events between them.</summary>
internal static class ReplayEndpoints
{
    public static void MapReplays(this IEndpointRouteBuilder routes) => routes.MapGet("/replay", ReplayAsync)
        .WithName("Replay")
        .WithTags("Replay")
        .WithSummary("The states at two positions: digests, entries that differ field by field, and the log against the replay")
        .WithDescription("One answer covers at most 1,000,000 events; for the next range, pass the value of next as from. A replay that takes longer than a "
            + "few seconds answers 202 with its progress; repeat the same request. Consecutive ranges cost one pass over the log. A chain runs one replay at a time: another range is answered with 503 meanwhile.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .Produces<ReplayResponse>(StatusCodes.Status202Accepted);

    private static async Task<Results<Ok<ReplayResponse>, Accepted<ReplayResponse>, ProblemHttpResult>> ReplayAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        EventCatalog events,
        HttpRequest request,
        [Description("The first position; 0 for the empty state.")] string? from,
        [Description("The second position; the end of the log when absent.")] string? to,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem)
            || !QueryNumber.TrySeq(from, "from", GlobalSeq.None, out var first, out problem))
        {
            return problem;
        }

        var end = to is null ? await grains.LogReader(id).Watermark() : GlobalSeq.None;
        if (!QueryNumber.TrySeq(to, "to", end, out var last, out problem))
        {
            return problem;
        }

        var answer = await grains.Replays(id).Replay(first, last);
        return answer.Outcome switch
        {
            ReplayOutcome.Done => TypedResults.Ok(Of(id, chains.IsSynthetic, answer, last, events)),
            ReplayOutcome.Running => TypedResults.Accepted(request.Path + request.QueryString, Of(id, chains.IsSynthetic, answer, last, events)),
            ReplayOutcome.OutOfRange => Problem.BadRequest($"{first} to {last} is not a valid range of the log. {answer.Detail}"),
            _ => Problem.Unavailable(answer.Detail),
        };
    }

    private static ReplayResponse Of(ChainId chain, bool isSynthetic, ReplayAnswer answer, GlobalSeq asked, EventCatalog events)
    {
        bool isDone = answer.Outcome == ReplayOutcome.Done;
        return new ReplayResponse
        {
            Chain = chain.ToString(),
            Synthetic = isSynthetic,
            State = isDone ? "done" : "running",
            At = answer.At.Value,
            From = answer.From.Value,
            To = answer.To.Value,
            Next = answer.To < asked ? answer.To.Value : null,
            FromDigest = isDone ? answer.FromDigest.ToString() : null,
            ToDigest = isDone ? answer.ToDigest.ToString() : null,
            Txs = [.. answer.ToTxsByState.Select((count, state) => new StateChangePart(
                ((TxState)state).ToString(), answer.FromTxsByState[state], count, count - answer.FromTxsByState[state])).Skip(1)],
            Events = answer.Kinds.ToDictionary(kind => events.NameOf(kind.Kind), kind => kind.Count),
            Divergences = answer.Divergences,
            Differences = [.. answer.Differences.Select(static found => new DifferencePart(found.Seq.Value, found.Kind, found.Cause.Value, found.Ordinal, found.Field, found.Expected, found.Actual))],
            Checkpoints = [.. answer.Checkpoints.Select(static at => new CheckpointPart(at.Seq.Value, at.Live.ToString(), at.Replayed.ToString()))],
            Changes = [.. answer.Changes.Select(static change => new ChangePart(
                change.Kind, change.Id.Length == 0 ? null : change.Id, [.. change.By.Select(static seq => seq.Value)], change.Events, [.. change.Fields.Select(static field => new FieldPart(field.Name, field.Before, field.After))]))],
            ChangeCount = answer.ChangeCount,
            EventsNotCompared = answer.EventsNotCompared,
        };
    }
}
