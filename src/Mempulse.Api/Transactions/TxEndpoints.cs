using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Api.Decoding;
using Mempulse.Api.Problems;
using Mempulse.Grains.Abstractions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Transactions;

/// <summary>GET /tx/{hash}: one transaction.</summary>
internal static class TxEndpoints
{
    public static void MapTransactions(this IEndpointRouteBuilder routes) => routes.MapGet("/tx/{hash}", FindAsync)
        .WithName("FindTransaction")
        .WithTags("Transactions")
        .WithSummary("A transaction: status, lifecycle with event ids, sightings per source, replacements, and what it does")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<TxResponse>, ProblemHttpResult>> FindAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        EventCatalog events,
        RegistryCache registries,
        [Description("The transaction's hash: 0x and 64 hex digits.")] string hash,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem))
        {
            return problem;
        }

        if (!Hash256.TryParse(hash, out var wanted))
        {
            return Problem.BadRequest($"'{hash}' is not a valid transaction hash: expected 0x and 64 hex digits.");
        }

        return await grains.Tx(id, wanted).Read() is { } found
            ? TypedResults.Ok(TxText.Of(id, wanted, found, events, await registries.FindBasisAsync(id)))
            : Problem.NotFound($"The log of chain {id} has no transaction {wanted}.");
    }
}
