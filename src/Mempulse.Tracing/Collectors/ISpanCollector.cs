using Mempulse.Outcomes.Traces;

namespace Mempulse.Tracing.Collectors;

/// <summary>Takes spans.</summary>
public interface ISpanCollector : IDisposable
{
    /// <summary>Sends spans and waits for the answer, within the time-out of the settings.</summary>
    /// <param name="spans">The spans.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<CollectorAnswer> ExportAsync(IReadOnlyList<TraceSpan> spans, CancellationToken cancellationToken);
}
