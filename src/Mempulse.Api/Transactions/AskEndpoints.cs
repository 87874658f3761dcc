using System.ComponentModel;
using System.Globalization;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Api.Serving;
using Mempulse.Client.Transactions;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Transactions;

/// <summary>POST /tx/{hash}/ask: what the chain's nodes say about a transaction now.</summary>
internal static class AskEndpoints
{
    public static void MapAsking(this IEndpointRouteBuilder routes) => routes.MapPost("/tx/{hash}/ask", AskAsync)
        .WithName("AskNodes")
        .WithTags("Transactions")
        .WithSummary("Asks the chain's nodes whether they have a transaction (eth_getTransactionByHash)")
        .WithDescription("An answer is a statement of the node: nothing proves it, it is not recorded, and no other answer of this API changes. At most 60 questions a minute are asked, for all callers together.")
        .RequireAuthorization(KeySetup.Operate)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<NodesResponse>, ProblemHttpResult>> AskAsync(
        HttpContext context,
        IGrainFactory grains,
        ChainDirectory chains,
        NodeQuestions questions,
        TimeProvider time,
        [Description("The transaction's hash: 0x and 64 hex digits.")] string hash,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (PageOrigin.IsForeign(context.Request, out string origin))
        {
            return Problem.ForeignOrigin(origin);
        }

        if (!TxEndpoints.TryRead(chains, chain, hash, out var id, out var wanted, out var problem))
        {
            return problem;
        }

        if (!questions.TryTake(out int retrySeconds))
        {
            context.Response.Headers.RetryAfter = retrySeconds.ToString(CultureInfo.InvariantCulture);
            return Problem.TooMany(NodeQuestions.MaxPerMinute, retrySeconds);
        }

        var answer = await grains.Simulator(id).AskNodes(wanted);
        return answer.Problem.Length > 0 ? Problem.Unavailable(answer.Problem) : TypedResults.Ok(new NodesResponse
        {
            Chain = id.ToString(),
            Hash = wanted.ToString(),
            AskedAt = UnixNanoseconds.FromUtcTicks(time.GetUtcNow().UtcTicks).ToRfc3339(),
            Nodes = [.. answer.Statements.Select(Of)],
        });
    }

    private static NodeStatementPart Of(NodeStatement said) => new(
        said.Node,
        said.Says,
        said.Block?.ToString(),
        said.Block is null ? null : said.Number.Value,
        said.Detail.Length == 0 ? null : said.Detail);
}
