using System.ComponentModel.DataAnnotations;
using Mempulse.Tracing.Exporting;
using Mempulse.Tracing.Otlp;

namespace Mempulse.Grains.Traces;

/// <summary>Options of the export of traces from the log: the section Mempulse:Traces, and the collector.</summary>
public sealed class TraceOptions
{
    /// <summary>When spans are exported: LiveAndWhole, each as it ends and the whole trace once more when it is complete; Live; or Whole, which suits a collector that samples by tail. Default: LiveAndWhole.</summary>
    [EnumDataType(typeof(TraceForm))]
    public TraceForm Export { get; set; } = TraceForm.LiveAndWhole;

    /// <summary>The collector that the environment variables of OpenTelemetry name; null exports nothing.</summary>
    public OtlpTarget? Collector { get; set; }
}
