using Mempulse.Dashboard.Components;
using Mempulse.Dashboard.Feed;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Observations;

namespace Mempulse.Dashboard.Screens.Health;

/// <summary>A source as a row.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="IsBlind">True if it should hear and does not.</param>
/// <param name="State">What it does: hears, blind, ended.</param>
/// <param name="Rate">Sightings a second.</param>
/// <param name="Lag">The median of its delay behind the first source.</param>
/// <param name="Coverage">The share of included transactions that it had reported before.</param>
/// <param name="Line">Its sightings over the last minutes as points of a line.</param>
/// <param name="Why">Why it is not connected, in a sentence.</param>
internal sealed record SourceRow(string Name, string Lane, bool IsBlind, string State, string Rate, string Lag, string Coverage, string Line, string Why)
{
    private const long NanosecondsPerMicrosecond = 1_000;

    /// <summary>The sources, the blind ones first.</summary>
    public static IReadOnlyList<SourceRow> Of(FeedTick tick, Propagation? spread, IReadOnlyList<Reading?> history, int stepSeconds)
    {
        var shares = (spread?.Sources ?? []).GroupBy(static share => share.Name, StringComparer.Ordinal).ToDictionary(static share => share.Key, static share => share.First(), StringComparer.Ordinal);
        string? first = shares.Values.OrderByDescending(static share => share.Firsts).FirstOrDefault()?.Name;
        var rows =
            from host in tick.Ingest
            from lane in host.Lanes
            from source in lane.Sources
            let rate = RateOf(source.Name, history, stepSeconds)
            let share = shares.GetValueOrDefault(source.Name)
            let isBlind = lane.IsRunning && !source.IsConnected
            select new SourceRow(
                source.Name,
                lane.Name,
                isBlind,
                isBlind ? source.ProblemSince == default ? "blind" : $"blind {Times.Age(tick.ReadAt.Value - source.ProblemSince.Value)}" : lane.IsRunning ? "hears" : "ended",
                Figures.Tenths(rate),
                share is null || share.Shown == 0 ? Figures.NotApplicable : source.Name == first || share.Delay.Count == 0 ? "first" : "+" + Times.Duration((long)share.Delay.P50 * NanosecondsPerMicrosecond),
                share is null ? Figures.NotApplicable : Figures.Share(share.Covered, share.Coverable),
                Sparkline.Of(Differences(source.Name, history)),
                source.Problem.Length > 0 ? source.Problem : source.LastLoss);
        return [.. rows.OrderByDescending(static row => row.IsBlind).ThenBy(static row => row.Name, StringComparer.Ordinal)];
    }

    private static long RateOf(string name, IReadOnlyList<Reading?> history, int stepSeconds)
    {
        long[] last = [.. Differences(name, history).TakeLast(5).OfType<long>()];
        return last.Length == 0 ? 0 : last.Sum() * 1_000 / (last.Length * stepSeconds);
    }

    private static IEnumerable<long?> Differences(string name, IReadOnlyList<Reading?> history)
    {
        for (int i = 1; i < history.Count; i++)
        {
            yield return history[i] is { } now && history[i - 1] is { } before && now.Sightings.TryGetValue(name, out long more) && before.Sightings.TryGetValue(name, out long less)
                ? Math.Max(0, more - less)
                : null;
        }
    }
}
