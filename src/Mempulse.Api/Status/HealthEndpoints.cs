using Mempulse.Api.Chains;
using Mempulse.Client.Status;
using Mempulse.Grains.Abstractions;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Status;

/// <summary>GET /health: whether the service works, and what is wrong if not.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes) => routes.MapGet("/health", ReadAllAsync)
        .WithName("ReadHealth")
        .WithTags("Status")
        .WithSummary("Health of log, fold and sources of every chain, and the sender recovery in use")
        .WithDescription("200 while the service works: ok, degraded (a full disk, a lost source) or ended (a capture was played to its end, and nothing more comes). "
            + "503 while it starts, until its lanes have reported their sources, and failed when a log or a fold has stopped.")
        .Produces<HealthResponse>()
        .Produces<HealthResponse>(StatusCodes.Status503ServiceUnavailable);

    private static async Task<JsonHttpResult<HealthResponse>> ReadAllAsync(IGrainFactory grains, ChainDirectory chains)
    {
        var parts = await ReadAsync(grains, chains);
        string status = HealthVerdict.Worst(parts);
        return TypedResults.Json(
            new HealthResponse { Status = status, Synthetic = chains.IsSynthetic, Chains = parts },
            statusCode: HealthVerdict.IsReady(status) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>The health of every chain.</summary>
    public static Task<ChainHealthPart[]> ReadAsync(IGrainFactory grains, ChainDirectory chains) =>
        Task.WhenAll(chains.All.Select(chain => ReadAsync(grains, chain, chains.HasLanes(chain))));

    private static async Task<ChainHealthPart> ReadAsync(IGrainFactory grains, ChainId chain, bool expectsLanes)
    {
        var log = grains.Sequencer(chain).GetStatus();
        var fold = grains.Mempool(chain).GetStatus();
        var ingest = grains.Ingest(chain).Read();
        return HealthVerdict.Of(chain, await log, await fold, await ingest, expectsLanes);
    }
}
