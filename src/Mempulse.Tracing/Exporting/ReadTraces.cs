using Mempulse.Outcomes.Traces;

namespace Mempulse.Tracing.Exporting;

/// <summary>What a page of the log gave.</summary>
/// <param name="Exports">Lists of spans to export, in order.</param>
/// <param name="Standing">Where the export stands once they are exported.</param>
/// <param name="Passed">Records that were passed over, because the log does not have them any more or they are damaged.</param>
internal sealed record ReadTraces(IReadOnlyList<IReadOnlyList<TraceSpan>> Exports, TraceStanding Standing, ulong Passed);
