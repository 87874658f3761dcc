namespace Mempulse.Replay.Observations;

/// <summary>How long after the first source the others announced a transaction, over all sources and the kept minutes.</summary>
internal static class SourceDelays
{
    /// <summary>The 99th percentile in microseconds, as the bound of its bucket; 0 without delays.</summary>
    /// <param name="state">The observations.</param>
    /// <param name="count">Number of delays.</param>
    public static ulong Percentile99(ObservationState state, out ulong count)
    {
        ulong[] sums = new ulong[DelayCounts.Count];
        foreach (var minute in state.Window.Minutes)
        {
            foreach (var share in minute.Observers)
            {
                if (state.Observers.TryGet(share.Observer, out var observer) && !observer.Key.IsLane)
                {
                    share.Delay.AddTo(sums);
                }
            }
        }

        var figures = DelayFigures.Of(sums);
        count = figures.Count;
        return figures.P99;
    }
}
