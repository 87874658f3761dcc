using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Client.Observations;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Observations;

/// <summary>GET /propagation, /gaps and /peers: which sources reported what and when, and when they were blind.</summary>
internal static class ObservationEndpoints
{
    private const int DefaultMinutes = 10;
    private const int MaxMinutes = 60;
    private const long NanosecondsPerMinute = 60_000_000_000;
    private const long NanosecondsPerHour = 3_600_000_000_000;

    public static void MapObservations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/propagation", PropagationAsync)
            .WithName("Propagation")
            .WithTags("Observations")
            .WithSummary("How transactions spread: first-seen shares, leads, delays, coverage, heat and inclusion latency, by source and lane")
            .WithDescription("Folded from the log, minute by minute of observation time, on one clock: a replay gives the same figures.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/gaps", GapsAsync)
            .WithName("Gaps")
            .WithTags("Observations")
            .WithSummary("When sources were lost, silent or throttled, and when none was connected")
            .WithDescription("'blind' is true if every source was lost, silent or throttled at some time of the range, or if the log does not reach back to its beginning. What a log does not have was then not necessarily absent.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/peers", PeersAsync)
            .WithName("Peers")
            .WithTags("Observations")
            .WithSummary("The peers of the peer-to-peer lane, with client and version, and the nodes that do not become peers, with the reason")
            .WithDescription("Peers that are connected, nodes that did not become peers with the reason, and what the search for peers has found. Without the peer-to-peer lane the lists are empty.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PropagationResponse>, ProblemHttpResult>> PropagationAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        TimeProvider time,
        [Description("How far back, such as 90s, 15m or 1h; rounded up to whole minutes, at most an hour.")] string? window,
        [Description("The chain id; the first one served when absent.")] string? chain) =>
        chains.TryResolve(chain, out var id, out var problem)
        && QueryTime.TryMinutes(window, "window", DefaultMinutes, MaxMinutes, out int minutes, out problem)
            ? TypedResults.Ok(ObservationText.Of(id, chains.IsSynthetic, Placed(await grains.Mempool(id).GetPropagation(minutes), minutes, time)))
            : problem;

    /// <summary>A window without any observation ends now.</summary>
    private static Propagation Placed(Propagation figures, int minutes, TimeProvider time)
    {
        var to = LatestOf(figures.To, time);
        return figures.To == to ? figures : figures with { From = new UnixNanoseconds(to.Value - (minutes * NanosecondsPerMinute)), To = to };
    }

    private static async Task<Results<Ok<GapsResponse>, ProblemHttpResult>> GapsAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        TimeProvider time,
        [Description("Start, as RFC 3339 or Unix seconds; an hour before the end when absent.")] string? from,
        [Description("End, inclusive; the latest observation when absent.")] string? to,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem))
        {
            return problem;
        }

        var latest = LatestOf((await grains.Mempool(id).GetStatus()).LastObservedAt, time);
        if (!QueryTime.TryInstant(to, "to", latest, out var last, out problem)
            || !QueryTime.TryInstant(from, "from", HourBefore(last), out var first, out problem))
        {
            return problem;
        }

        if (to is null && last < first)
        {
            last = first; // after the latest observation nothing is known yet
        }

        if (last < first)
        {
            return Problem.BadRequest($"'{from}' to '{to}' is not a valid range: expected 'from' at or before 'to'.");
        }

        var answer = await grains.Mempool(id).GetGaps(first, last);
        bool isComplete = answer.IsCompleteFrom(first);
        return TypedResults.Ok(new GapsResponse
        {
            Chain = id.ToString(),
            Synthetic = chains.IsSynthetic,
            AsOfSeq = answer.AsOf.Value,
            From = first.ToRfc3339(),
            To = last.ToRfc3339(),
            CompleteSince = LatestOf(answer.CompleteSince, time).ToRfc3339(),
            Complete = isComplete,
            Blind = answer.IsBlind || !isComplete,
            Gaps = [.. answer.Gaps.Select(ObservationText.Of)],
            Cut = answer.IsCut,
        });
    }

    private static UnixNanoseconds HourBefore(UnixNanoseconds time) => new(Math.Max(0, time.Value - NanosecondsPerHour));

    /// <summary>A time of the ledger, or now while nothing was observed yet.</summary>
    private static UnixNanoseconds LatestOf(UnixNanoseconds observed, TimeProvider time) =>
        observed == default ? UnixNanoseconds.FromUtcTicks(time.GetUtcNow().UtcTicks) : observed;

    private static async Task<Results<Ok<PeersResponse>, ProblemHttpResult>> PeersAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem))
        {
            return problem;
        }

        var peers = (await grains.Mempool(id).GetObservers())
            .Where(observer => observer.Peer is not null)
            .OrderByDescending(observer => observer.IsConnected)
            .ThenBy(observer => observer.Name, StringComparer.Ordinal)
            .Select(ObservationText.Of)
            .ToList();
        var hosts = await grains.Ingest(id).Read();
        return TypedResults.Ok(new PeersResponse(id.ToString(), peers.Count(peer => peer.Connected), peers, PeerSearchText.Of(hosts)));
    }
}
