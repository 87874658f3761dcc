using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mempulse.Api.Bundles;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Api.Serving;
using Mempulse.Api.Text;
using Mempulse.Client.Opportunities;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Opportunities;

/// <summary>GET /opps: what strategies found. GET /opps/{id}: one opportunity with its evidence.</summary>
internal static class OpportunityEndpoints
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;
    private const int MaxStrategyLength = 64;
    private const int MostBundles = 16;

    /// <summary>What ids of strategies consist of.</summary>
    private static readonly SearchValues<char> _idCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");

    private static readonly string[] _statuses = ["open", "invalidated", "expired"];

    public static void MapOpportunities(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/opps", ListAsync)
            .WithName("ListOpportunities")
            .WithTags("Opportunities")
            .WithSummary("Opportunities of pending transactions, the best first: what strategies found, with score, legs and simulation")
            .WithDescription("Those that no longer hold are listed until their base block is final. What bounds left out is counted in 'leftOut'.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/opps/{id}", FindAsync)
            .WithName("FindOpportunity")
            .WithEntityTag()
            .WithTags("Opportunities")
            .WithSummary("An opportunity: parts of its score, explanation, simulation, and its events as evidence")
            .WithDescription("'evidence' has its events in the order of the log, from detection to outcome, also after the fold has forgotten it; 'bundles' has what was made of it.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<OppsResponse>, ProblemHttpResult>> ListAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        [Description("open, invalidated or expired; all when absent.")] string? status,
        [FromQuery(Name = "min_score"), Description("The lowest score, a whole number; all when absent.")] string? minScore,
        [Description("The id of a strategy; all when absent.")] string? strategy,
        [Description("1 to 1000; 100 when absent.")] string? limit,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem) || !QueryNumber.TryCount(limit, "limit", DefaultLimit, MaxLimit, out int count, out problem)
            || !TryStatus(status, out problem) || !TryScore(minScore, out long? least, out problem) || !TryStrategy(strategy, out problem))
        {
            return problem;
        }

        return TypedResults.Ok(OppText.Of(id, await grains.Mempool(id).ListOpportunities(new OppQuery(status ?? string.Empty, strategy ?? string.Empty, least, count))));
    }

    private static async Task<Results<Ok<OppResponse>, ProblemHttpResult>> FindAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        EventCatalog events,
        [Description("The opportunity's id: 0x and 64 hex digits.")] string id,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var served, out var problem))
        {
            return problem;
        }

        if (!Hash256.TryParse(id, out var wanted))
        {
            return Problem.BadRequest($"'{id}' is not a valid opportunity id: expected 0x and 64 hex digits.");
        }

        // The key index knows which ids there are, so that a request for another one activates no grain.
        var first = await grains.LogReader(served).ReadKey(EventKey.Opp(wanted), GlobalSeq.None, limit: 1);
        return first.Records.Count > 0 && await grains.Opportunity(served, wanted).Read() is { } found
            ? TypedResults.Ok(OppText.Of(served, found, await BundlesAsync(grains, served, found), events))
            : Problem.NotFound($"The log of chain {served} has no opportunity {wanted}.");
    }

    private static async Task<IReadOnlyList<BundleRecords>> BundlesAsync(IGrainFactory grains, ChainId chain, OppRecords opportunity)
    {
        List<BundleRecords> found = [];
        var built = opportunity.Records.Where(static record => record.View.Kind == LogEvent.BundleBuilt.KindNumber).Select(static record => record.View.BundleKey);
        var held = opportunity.View?.Bundles ?? []; // the key index names a bundle by its first opportunity alone
        foreach (var bundle in built.Union(held).TakeLast(MostBundles))
        {
            if (await BundleRecords.ReadAsync(grains, chain, bundle) is { } records)
            {
                found.Add(records);
            }
        }

        return found;
    }

    private static bool TryStatus(string? text, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        problem = text is null || _statuses.Contains(text, StringComparer.Ordinal) ? null : Problem.BadRequest($"'{text}' is not a valid 'status': expected open, invalidated or expired.");
        return problem is null;
    }

    private static bool TryStrategy(string? text, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        problem = text is null || (text.Length is > 0 and <= MaxStrategyLength && !text.AsSpan().ContainsAnyExcept(_idCharacters))
            ? null
            : Problem.BadRequest($"'{text}' is not a valid 'strategy': expected 1 to {MaxStrategyLength} letters, digits, hyphens, dots or underscores.");
        return problem is null;
    }

    private static bool TryScore(string? text, out long? score, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        bool isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, NumberFormatInfo.InvariantInfo, out long value) && text?.Contains('\0', StringComparison.Ordinal) == false;
        score = isNumber ? value : null;
        problem = text is null || isNumber ? null : Problem.BadRequest($"'{text}' is not a valid 'min_score': expected a whole number of 64 bits.");
        return problem is null;
    }
}
