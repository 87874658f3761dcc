using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Mempulse.Api.Chains;
using Mempulse.Api.Decoding;
using Mempulse.Api.Problems;
using Mempulse.Api.Reasons;
using Mempulse.Api.Serving;
using Mempulse.Client.Reasons;
using Mempulse.Client.Transactions;
using Mempulse.Grains.Abstractions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Transactions;

/// <summary>GET /tx/{hash} and GET /tx/{hash}/why: one transaction, and why it is not in a block yet.</summary>
internal static class TxEndpoints
{
    public static void MapTransactions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tx/{hash}", FindAsync)
            .WithName("FindTransaction")
            .WithEntityTag()
            .WithTags("Transactions")
            .WithSummary("A transaction: status, lifecycle with event ids, sightings per source, replacements, and what it does")
            .WithDescription("From the fold while it holds the transaction, and otherwise from its events in the log. Times are of this node's clock; 'synthetic' is true for a capture whose arrival times are not measured.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/tx/{hash}/why", ExplainAsync)
            .WithName("ExplainTransaction")
            .WithTags("Transactions")
            .WithSummary("Why a transaction is not in a block yet, or what became of it: reasons in order, each with its strength and its events; also for one that no event names")
            .WithDescription("The main reason comes first. Each has its strength, from proof to not_derivable, and the positions of the events that it rests on. 'mempulse why --at' gives the same answer offline.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<TxResponse>, ProblemHttpResult>> FindAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        EventCatalog events,
        RegistryCache registries,
        [Description("The transaction's hash: 0x and 64 hex digits.")] string hash,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!TryRead(chains, chain, hash, out var id, out var wanted, out var problem))
        {
            return problem;
        }

        return await grains.Tx(id, wanted).Read() is { } found
            ? TypedResults.Ok(TxText.Of(id, wanted, found, events, await registries.FindBasisAsync(id)))
            : Problem.NotFound($"The log of chain {id} has no transaction {wanted}.");
    }

    private static async Task<Results<Ok<WhyResponse>, ProblemHttpResult>> ExplainAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        [Description("The transaction's hash: 0x and 64 hex digits.")] string hash,
        [Description("The chain id; the first one served when absent.")] string? chain) =>
        TryRead(chains, chain, hash, out var id, out var wanted, out var problem)
            ? TypedResults.Ok(WhyText.Of(await grains.Mempool(id).ExplainTx(wanted)))
            : problem;

    internal static bool TryRead(ChainDirectory chains, string? chain, string hash, out ChainId id, out Hash256 wanted, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        wanted = default;
        if (!chains.TryResolve(chain, out id, out problem))
        {
            return false;
        }

        problem = Hash256.TryParse(hash, out wanted) ? null : Problem.BadRequest($"'{hash}' is not a valid transaction hash: expected 0x and 64 hex digits.");
        return problem is null;
    }
}
