using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Api.Text;
using Mempulse.Client.Ranking;
using Mempulse.Features.Scoring;
using Mempulse.Grains.Abstractions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Ranking;

/// <summary>GET /rank: the top of the pool, and why.</summary>
internal static class RankEndpoints
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    public static void MapRanking(this IEndpointRouteBuilder routes) => routes.MapGet("/rank", GetAsync)
        .WithName("Rank")
        .WithTags("Transactions")
        .WithSummary("The waiting transactions that rank highest: their scores by part, and why each ranks above the next")
        .WithDescription("Scores are whole numbers and the sum of their parts. The same state gives the same order, in a replay too.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<RankResponse>, ProblemHttpResult>> GetAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        [Description("Number of places, from 1 to 100; 20 when absent.")] string? limit,
        [Description("How transactions are scored: expected-value or parity; the configured one when absent.")] string? profile,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem) || !QueryNumber.TryCount(limit, "limit", DefaultLimit, MaxLimit, out int places, out problem))
        {
            return problem;
        }

        return profile is not null && RankProfile.Find(profile) is null
            ? Problem.BadRequest($"'{Shown.Of(profile)}' is not a valid 'profile': expected one of {string.Join(", ", RankProfile.All.Select(static one => one.Id))}.")
            : TypedResults.Ok(RankText.Of(id, chains.IsSynthetic, await grains.Mempool(id).GetRanking(places, profile)));
    }
}
