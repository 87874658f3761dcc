namespace Mempulse.Tracing.Exporting;

/// <summary>When the spans of a trace are exported.</summary>
public enum TraceForm
{
    /// <summary>Each as it ends, and all of them once more when the trace is complete.</summary>
    LiveAndWhole = 0,

    /// <summary>Each as it ends.</summary>
    Live = 1,

    /// <summary>All together when the trace is complete.</summary>
    Whole = 2,
}
