using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>Sums minutes.</summary>
internal static class WindowSums
{
    public static PropagationFigures Of(List<TrafficMinute> minutes, ObservationState state)
    {
        ulong[] latency = new ulong[DelayCounts.Count];
        ulong[] heat = new ulong[DelayCounts.Count];
        foreach (var minute in minutes)
        {
            minute.Latency.AddTo(latency);
            minute.Heat.AddTo(heat);
        }

        var observers = minutes.SelectMany(static minute => minute.Observers)
            .GroupBy(static share => share.Observer)
            .Select(shares => (Key: KeyOf(shares.Key, state), Figures: Of(shares.Key, [.. shares], state)))
            .OrderBy(static entry => entry.Key)
            .ThenBy(static entry => entry.Figures.Name, StringComparer.Ordinal)
            .ToList();
        return new PropagationFigures
        {
            From = default,
            To = new UnixNanoseconds(state.LastFactAt),
            Sightings = Sum(minutes, static minute => minute.Sightings),
            Shown = Sum(minutes, static minute => minute.Shown),
            Included = Sum(minutes, static minute => minute.Included),
            Unseen = Sum(minutes, static minute => minute.Unseen),
            LetGo = Sum(minutes, static minute => minute.LetGo),
            InclusionLatency = DelayFigures.Of(latency),
            Heat = DelayFigures.Of(heat),
            Sources = [.. observers.Where(static entry => !entry.Key.IsLane).Select(static entry => entry.Figures)],
            Lanes = [.. observers.Where(static entry => entry.Key.IsLane).Select(static entry => entry.Figures)],
        };
    }

    private static ObserverFigures Of(uint ordinal, List<ObserverMinute> shares, ObservationState state)
    {
        ulong[] lead = new ulong[DelayCounts.Count];
        ulong[] delay = new ulong[DelayCounts.Count];
        ulong[] ahead = new ulong[DelayCounts.Count];
        foreach (var share in shares)
        {
            share.Lead.AddTo(lead);
            share.Delay.AddTo(delay);
            share.Ahead.AddTo(ahead);
        }

        state.Observers.TryGet(ordinal, out var observer);
        return new ObserverFigures
        {
            Source = observer?.Key.Source ?? default,
            Name = observer?.Name ?? string.Empty,
            Lane = observer?.LaneName ?? string.Empty,
            Sightings = Sum(shares, static share => share.Sightings),
            Shown = Sum(shares, static share => share.Shown),
            Firsts = Sum(shares, static share => share.Firsts),
            Late = Sum(shares, static share => share.Late),
            Covered = Sum(shares, static share => share.Covered),
            Coverable = Sum(shares, static share => share.Coverable),
            Lead = DelayFigures.Of(lead),
            Delay = DelayFigures.Of(delay),
            Ahead = DelayFigures.Of(ahead),
        };
    }

    /// <summary>An evicted observer is known by its ordinal only and sorts after the others.</summary>
    private static ObserverKey KeyOf(uint ordinal, ObservationState state) =>
        state.Observers.TryGet(ordinal, out var observer) ? observer.Key : new ObserverKey(new SourceId(ordinal), new LaneId(uint.MaxValue));

    private static ulong Sum<T>(List<T> items, Func<T, uint> count)
    {
        ulong sum = 0;
        foreach (var item in items)
        {
            sum += count(item);
        }

        return sum;
    }
}
