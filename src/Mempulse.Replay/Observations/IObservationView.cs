using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>Which sources announced what and when, and their gaps, to be read between events. The results are immutable copies.</summary>
/// <remarks>Confined to the fold's thread.</remarks>
public interface IObservationView
{
    /// <summary>Maximum window of <see cref="Propagation"/>, in minutes.</summary>
    const int MaxWindowMinutes = TrafficWindow.Limit;

    /// <summary>Time of the latest observation; the Unix epoch before the first. While a capture is played it is the recorded time.</summary>
    UnixNanoseconds LastObservedAt { get; }

    /// <summary>Figures of the last minutes, including the current one. Walks over them.</summary>
    PropagationFigures Propagation(int minutes);

    /// <summary>How one transaction spread; null when the fold does not hold it.</summary>
    TxObservation? Find(in Hash256 hash);

    /// <summary>All sources in ascending order of id, each once, even if it feeds several lanes.</summary>
    IReadOnlyList<SourceSummary> Sources();

    /// <summary>All sources in each lane, by lane and source.</summary>
    IReadOnlyList<ObserverStatus> Observers();

    /// <summary>What each source has, in ascending order of source; a source that has nothing is not listed. Walks over all transactions.</summary>
    /// <param name="limit">Maximum number of transactions per source; those in blocks are left out first, then the oldest.</param>
    IReadOnlyList<SourceHoldings> Holdings(int limit);

    /// <summary>The gaps in a time range, both ends inclusive.</summary>
    GapReport Gaps(UnixNanoseconds first, UnixNanoseconds last);
}
