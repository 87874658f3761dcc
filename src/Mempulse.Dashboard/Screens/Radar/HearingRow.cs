using Mempulse.Dashboard.Feed;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Observations;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>A source or a peer, and how early it hears.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Client">The client name that a peer sent.</param>
/// <param name="IsConnected">False if it should hear and does not.</param>
/// <param name="Firsts">Transactions that it reported before any other.</param>
/// <param name="AllShown">Transactions that any source reported.</param>
/// <param name="Covered">Included transactions that it had reported before.</param>
/// <param name="Coverable">Included transactions that it could have reported.</param>
/// <param name="Sightings">All that it announced.</param>
/// <param name="Lag">The median of its lag.</param>
/// <param name="LagP99">The 99th percentile.</param>
internal sealed record HearingRow(string Name, string Client, bool IsConnected, ulong Firsts, ulong AllShown, ulong Covered, ulong Coverable, ulong Sightings, string Lag, string LagP99)
{
    /// <summary>Pips of a row at most.</summary>
    public const int MaxPips = 8;

    private const int MaxSources = 6;
    private const int MaxPeers = 4;
    private const long NanosecondsPerMicrosecond = 1_000;

    /// <summary>The sources, and the best peers, those that hear first at the top.</summary>
    public static (IReadOnlyList<HearingRow> Sources, IReadOnlyList<HearingRow> Peers) Of(HearingReading reading, FeedTick now)
    {
        var shares = reading.Spread.Sources.OrderByDescending(static share => share.Firsts).ThenBy(static share => share.Name, StringComparer.Ordinal).ToList();
        string? first = shares.FirstOrDefault()?.Name;
        var rows = shares.Select(share => Of(share, reading, now.BlindNames.Contains(share.Name), share.Name == first)).ToList();
        return (
            [.. rows.Where(row => !reading.Peers.ContainsKey(row.Name)).Take(MaxSources)],
            [.. rows.Where(row => reading.Peers.ContainsKey(row.Name)).Take(MaxPeers)]);
    }

    private static HearingRow Of(ObserverShare share, HearingReading reading, bool isBlind, bool isFirst)
    {
        var peer = reading.Peers.GetValueOrDefault(share.Name);
        return new HearingRow(
            share.Name.Length > 0 ? share.Name : share.Source.ToString(),
            peer?.Client ?? string.Empty,
            peer?.IsConnected ?? !isBlind,
            share.Firsts,
            reading.Spread.Shown,
            share.Covered,
            share.Coverable,
            share.Sightings,
            isFirst ? "first" : share.Delay.Count == 0 ? Figures.NotApplicable : "+" + Times.Duration((long)share.Delay.P50 * NanosecondsPerMicrosecond),
            share.Delay.Count == 0 ? Figures.NotApplicable : Times.Duration((long)share.Delay.P99 * NanosecondsPerMicrosecond));
    }
}
