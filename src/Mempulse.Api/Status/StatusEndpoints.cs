using System.ComponentModel;
using System.Globalization;
using Mempulse.Api.Chains;
using Mempulse.Client.Status;
using Mempulse.Grains.Abstractions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Status;

/// <summary>GET /status: everything that "mempulse top" shows.</summary>
internal static class StatusEndpoints
{
    public static void MapStatus(this IEndpointRouteBuilder routes) => routes.MapGet("/status", ReadAsync)
        .WithName("ReadStatus")
        .WithTags("Status")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .WithSummary("Status of a chain: log, fold, pool by state, lanes, queues, drops, sources")
        .WithDescription("What a process counts, for people and tools that watch it. GET /health has the verdict, and GET /metrics the same counters for Prometheus.");

    private static async Task<Results<Ok<StatusResponse>, ProblemHttpResult>> ReadAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        TimeProvider time,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem))
        {
            return problem;
        }

        var log = grains.Sequencer(id).GetStatus();
        var fold = grains.Mempool(id).GetStatus();
        var ingest = grains.Ingest(id).Read();
        var pool = await fold;
        var now = time.GetUtcNow();
        return TypedResults.Ok(new StatusResponse
        {
            Chain = id.ToString(),
            Synthetic = chains.IsSynthetic,
            Time = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            TimeMs = now.ToUnixTimeMilliseconds(),
            Log = StatusText.Of(await log),
            Fold = StatusText.Of(pool),
            Pool = StatusText.PoolOf(pool),
            Follower = StatusText.Of(pool.Follower),
            Lanes = [.. (await ingest).SelectMany(report => report.Lanes.Select(lane => StatusText.Of(report.Host, lane)))],
            Sources = [.. pool.Sources.Select(StatusText.Of)],
        });
    }
}
