using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Api.Serving;
using Mempulse.Client.Bundles;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Bundles;

/// <summary>GET /bundle/{id}: one bundle, from its opportunity to its outcome. GET /relays: how relays answer.</summary>
internal static class BundleEndpoints
{
    /// <summary>Records of an opportunity, or a simulation, that one answer shows.</summary>
    private const int MostBefore = 16;

    /// <summary>Opportunities of a bundle whose records one answer shows.</summary>
    private const int MostOpportunities = 8;

    public static void MapBundles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/bundle/{id}", FindAsync)
            .WithName("FindBundle")
            .WithEntityTag()
            .WithTags("Bundles")
            .WithSummary("A bundle: what became of it and why, with the strength of the evidence, and the whole chain of its events")
            .WithDescription("Every attempt at a relay with its answer, and the outcome with its strength and its evidence. Only hashes of transactions that have not landed are shown.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/relays", RelaysAsync)
            .WithName("Relays")
            .WithTags("Bundles")
            .WithSummary("The relays that requests left for: success, latency, breaker and weight")
            .WithDescription("Counts and latencies are those of the last 64 attempts. After repeated failures the breaker of a relay opens, and no request goes to it for a while.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<BundleResponse>, ProblemHttpResult>> FindAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        EventCatalog events,
        [Description("The bundle's id: 0x and 64 hex digits.")] string id,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var served, out var problem))
        {
            return problem;
        }

        if (!Hash256.TryParse(id, out var wanted))
        {
            return Problem.BadRequest($"'{id}' is not a valid bundle id: expected 0x and 64 hex digits.");
        }

        return await BundleRecords.ReadAsync(grains, served, wanted) is { } found
            ? TypedResults.Ok(BundleText.Of(served, found, await BeforeAsync(grains.LogReader(served), found.History.Built), events))
            : Problem.NotFound($"The log of chain {served} has no bundle {wanted}.");
    }

    private static async Task<Results<Ok<RelaysResponse>, ProblemHttpResult>> RelaysAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        [Description("The chain id; the first one served when absent.")] string? chain) =>
        chains.TryResolve(chain, out var id, out var problem) ? TypedResults.Ok(BundleText.Of(id, await grains.Mempool(id).GetRelays())) : problem;

    /// <summary>The records of a bundle's opportunities and its simulation, each once, in the order of the log.</summary>
    private static async Task<IEnumerable<SequencedRecord>> BeforeAsync(ILogReaderGrain log, LogEvent.BundleBuilt built)
    {
        var records = new SortedDictionary<GlobalSeq, SequencedRecord>();
        foreach (var key in built.Opportunities.Take(MostOpportunities).Select(static opp => EventKey.Opp(opp)).Append(EventKey.Sim(built.Sim)))
        {
            var page = await log.ReadKey(key, GlobalSeq.None, MostBefore);
            foreach (var record in page.Records)
            {
                records[record.Seq] = record;
            }
        }

        return records.Values;
    }
}
