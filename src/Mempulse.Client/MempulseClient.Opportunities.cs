using Mempulse.Client.Bundles;
using Mempulse.Client.Opportunities;
using Mempulse.Client.Serialization;
using Mempulse.Client.Simulations;

namespace Mempulse.Client;

// The chain from an opportunity to its outcome.
public sealed partial class MempulseClient
{
    /// <summary>GET /opps: opportunities, the best first.</summary>
    /// <param name="status">open, invalidated or expired; null for all.</param>
    /// <param name="strategy">The id of a strategy; null for all.</param>
    /// <param name="minScore">The lowest score; null for any.</param>
    /// <param name="limit">How many, from 1 to 1,000; null for 100.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<OppsResponse> ListOpportunitiesAsync(string? status, string? strategy, long? minScore, int? limit, CancellationToken cancellationToken) =>
        GetAsync(Of("opps").With("status", status).With("strategy", strategy).With("min_score", minScore).With("limit", limit), ClientJson.Default.OppsResponse, cancellationToken);

    /// <summary>GET /opps/{id}: one opportunity with its evidence.</summary>
    public Task<OppResponse> FindOpportunityAsync(string id, CancellationToken cancellationToken) =>
        GetAsync(Of($"opps/{Uri.EscapeDataString(id)}"), ClientJson.Default.OppResponse, cancellationToken);

    /// <summary>POST /simulate: simulates a bundle and records it. Needs a key that operates, where the node has keys.</summary>
    public Task<SimResponse> SimulateAsync(SimulateRequest bundle, SimTrace trace, CancellationToken cancellationToken) =>
        PostAsync(Of("simulate").With("trace", TextOf(trace)), bundle, ClientJson.Default.SimulateRequest, ClientJson.Default.SimResponse, cancellationToken);

    /// <summary>GET /sim/{id}: a recorded simulation.</summary>
    public Task<SimResponse> FindSimulationAsync(string id, SimTrace trace, CancellationToken cancellationToken) =>
        GetAsync(Of($"sim/{Uri.EscapeDataString(id)}").With("trace", TextOf(trace)), ClientJson.Default.SimResponse, cancellationToken);

    /// <summary>GET /sim/{id}/steps: every instruction, one JSON line each (EIP-3155).</summary>
    public Task<string> ReadSimulationStepsAsync(string id, CancellationToken cancellationToken) => ReadTextAsync($"sim/{Uri.EscapeDataString(id)}/steps", cancellationToken);

    /// <summary>GET /bundle/{id}: a bundle, its attempts and its outcome.</summary>
    public Task<BundleResponse> FindBundleAsync(string id, CancellationToken cancellationToken) =>
        GetAsync(Of($"bundle/{Uri.EscapeDataString(id)}"), ClientJson.Default.BundleResponse, cancellationToken);

    /// <summary>GET /relays: how relays answered lately.</summary>
    public Task<RelaysResponse> ListRelaysAsync(CancellationToken cancellationToken) => GetAsync(Of("relays"), ClientJson.Default.RelaysResponse, cancellationToken);

    private static string? TextOf(SimTrace trace) => trace == SimTrace.Omitted ? "false" : null;
}
