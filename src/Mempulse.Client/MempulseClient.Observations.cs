using Mempulse.Client.Audits;
using Mempulse.Client.Observations;
using Mempulse.Client.Serialization;

namespace Mempulse.Client;

// What was observed, and what could not be.
public sealed partial class MempulseClient
{
    /// <summary>GET /propagation: how transactions spread.</summary>
    /// <param name="window">How far back; rounded up to whole minutes, at most an hour. Null for the node's default.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<PropagationResponse> ReadPropagationAsync(TimeSpan? window, CancellationToken cancellationToken) =>
        GetAsync(Of("propagation").With("window", window is { } span ? FormattableString.Invariant($"{(long)Math.Ceiling(span.TotalSeconds)}s") : null), ClientJson.Default.PropagationResponse, cancellationToken);

    /// <summary>GET /gaps: when sources were lost, silent or throttled.</summary>
    /// <param name="from">The start; null for an hour before the end.</param>
    /// <param name="to">The end, inclusive; null for the latest observation.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<GapsResponse> ListGapsAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken) =>
        GetAsync(Of("gaps").With("from", Text(from)).With("to", Text(to)), ClientJson.Default.GapsResponse, cancellationToken);

    /// <summary>GET /peers: the peers, and the nodes that do not become peers.</summary>
    public Task<PeersResponse> ListPeersAsync(CancellationToken cancellationToken) => GetAsync(Of("peers"), ClientJson.Default.PeersResponse, cancellationToken);

    /// <summary>GET /blocks/{block}: a block held against the pool.</summary>
    /// <param name="block">Its height or hash, or "head".</param>
    /// <param name="classes">Classes of transactions, such as missing; empty for all.</param>
    /// <param name="cursor">The value of next of the page before; null for the first page.</param>
    /// <param name="limit">Number of transactions, from 1 to 1,000; null for 500.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<AuditResponse> AuditBlockAsync(string block, IReadOnlyList<string> classes, string? cursor, int? limit, CancellationToken cancellationToken) =>
        GetAsync(Of($"blocks/{Uri.EscapeDataString(block)}").With("classes", classes).With("cursor", cursor).With("limit", limit), ClientJson.Default.AuditResponse, cancellationToken);

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
