using System.ComponentModel.DataAnnotations;
using Mempulse.Net.Ingest;

namespace Mempulse.Grains.Ingest;

/// <summary>Options of the host of lanes: the section Mempulse:Lanes, and which lanes it runs.</summary>
public sealed class IngestHostOptions
{
    /// <summary>Often enough for a live view.</summary>
    public static readonly TimeSpan DefaultReportPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>Long enough to append what is queued, short enough not to be killed.</summary>
    public static readonly TimeSpan DefaultStopPatience = TimeSpan.FromSeconds(10);

    /// <summary>The lanes.</summary>
    public IReadOnlyList<LanePlan> Lanes { get; set; } = [];

    /// <summary>Bodies remembered for each chain as on record, for all its live lanes together; the host takes it from the pipeline's options.</summary>
    [Range(16, 1 << 24)]
    public int RecentBodies { get; set; } = IngestPipelineOptions.DefaultRecentBodies;

    /// <summary>Name of this host in reports.</summary>
    [Required]
    public string Host { get; set; } = "node";

    /// <summary>Name of the sender recovery that its decoders use.</summary>
    public string SenderRecovery { get; set; } = string.Empty;

    /// <summary>Time between two reports on the lanes; shorter makes /status fresher for one grain call each. Default 0.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30")]
    public TimeSpan ReportPeriod { get; set; } = DefaultReportPeriod;

    /// <summary>Time that all stopping lanes together may take to append what they hold; longer loses less and delays the stop. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan StopPatience { get; set; } = DefaultStopPatience;
}
