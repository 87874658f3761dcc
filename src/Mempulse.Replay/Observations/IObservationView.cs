using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>Who showed what and when, and who could not, to be read between events. What it returns is a copy and stays as it is.</summary>
/// <remarks>Confined to the fold's thread.</remarks>
public interface IObservationView
{
    /// <summary>Most minutes that <see cref="Propagation"/> looks back.</summary>
    const int MaxWindowMinutes = TrafficWindow.Limit;

    /// <summary>Time of the latest observation; the Unix epoch before the first. In a played capture it is the recorded one.</summary>
    UnixNanoseconds LastObservedAt { get; }

    /// <summary>Figures of the last minutes, the current one among them. Costs a walk over them.</summary>
    PropagationFigures Propagation(int minutes);

    /// <summary>How one transaction spread; null when the fold does not hold it.</summary>
    TxObservation? Find(in Hash256 hash);

    /// <summary>All sources, each once whatever lanes it feeds, in ascending order of id.</summary>
    IReadOnlyList<SourceSummary> Sources();

    /// <summary>All sources in each lane, by lane and source.</summary>
    IReadOnlyList<ObserverStatus> Observers();

    /// <summary>The gaps in a stretch of time, both ends inclusive.</summary>
    GapReport Gaps(UnixNanoseconds first, UnixNanoseconds last);
}
