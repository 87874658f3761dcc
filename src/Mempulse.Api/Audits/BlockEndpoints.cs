using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Api.Serving;
using Mempulse.Client.Audits;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Replays;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Audits;

/// <summary>GET /blocks/{block}: a block held against the pool.</summary>
internal static class BlockEndpoints
{
    public static void MapBlocks(this IEndpointRouteBuilder routes) => routes.MapGet("/blocks/{block}", FindAsync)
        .WithName("AuditBlock")
        .WithEntityTag()
        .WithTags("Blocks")
        .WithSummary("The audit of a block: which of its transactions were public before its slot, and which expected ones it does not have")
        .WithDescription("Each transaction has a class, and a strength with the reasons why it is weak. A strong 'missing' means that every live source had the transaction for at least 30 seconds before the slot, without a gap, "
            + "and that it was executable, paid enough and fitted in; no class says why a builder left it out. The audits of the last 64 blocks are kept, those of undone blocks among them; an older one is derived from the log again, which may take some requests that are answered with 503.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<AuditResponse>, ProblemHttpResult>> FindAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        [Description("The height or the hash of the block, or 'head'.")] string block,
        [Description("Classes separated by commas, of found, late_public, private, fresh, replaced, missing and unseen; all when absent.")] string? classes,
        [Description("The value of next of the page before; the first page when absent.")] string? cursor,
        [Description("Number of transactions, from 1 to 1000; 500 when absent.")] string? limit,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem) || !BlockQuery.TryRead(block, classes, cursor, limit, out var query, out problem))
        {
            return problem;
        }

        var answer = await grains.Mempool(id).FindAudit(query);
        if (answer.Audit is null && AuditText.MayBeInLog(query, answer))
        {
            var logged = await grains.Replays(id).Audit(query);
            if (logged.Outcome != ReplayOutcome.Done)
            {
                return Problem.Unavailable(logged.Detail);
            }

            if (logged.Answer is null)
            {
                return Problem.NotFound($"{logged.Detail} {AuditText.Kept(answer)}");
            }

            answer = logged.Answer;
        }

        if (answer.Audit is not { } audit)
        {
            return Problem.NotFound(AuditText.WhyNot(id, query, answer));
        }

        return BlockQuery.IsOf(cursor, audit.Hash)
            ? TypedResults.Ok(AuditText.Of(id, chains.IsSynthetic, answer, audit, query))
            : Problem.BadRequest("The value of 'cursor' is not valid: it belongs to another block. Ask for the first page again.");
    }
}
