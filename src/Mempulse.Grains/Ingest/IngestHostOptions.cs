using System.ComponentModel.DataAnnotations;
using Mempulse.Net.Ingest;

namespace Mempulse.Grains.Ingest;

/// <summary>Options of the ingest host: the section Mempulse:Lanes, and the lanes to run.</summary>
public sealed class IngestHostOptions
{
    /// <summary>Short enough for a live view.</summary>
    public static readonly TimeSpan DefaultReportPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>Long enough to append what is queued, short enough not to be killed by a supervisor.</summary>
    public static readonly TimeSpan DefaultStopPatience = TimeSpan.FromSeconds(10);

    /// <summary>The lanes.</summary>
    public IReadOnlyList<LanePlan> Lanes { get; set; } = [];

    /// <summary>The number of decoded bodies remembered per chain, shared by its live lanes. The node takes it from the pipeline's options.</summary>
    [Range(16, 1 << 24)]
    public int RecentBodies { get; set; } = IngestPipelineOptions.DefaultRecentBodies;

    /// <summary>The name of this host in reports.</summary>
    [Required]
    public string Host { get; set; } = "node";

    /// <summary>The name of the sender recovery that the decoders use.</summary>
    public string SenderRecovery { get; set; } = string.Empty;

    /// <summary>The time between two reports of the lanes. A shorter period keeps /status fresher, at one grain call per report. Default 0.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30")]
    public TimeSpan ReportPeriod { get; set; } = DefaultReportPeriod;

    /// <summary>The time that all lanes together may take to append what they hold on stop; longer loses less and delays the stop. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan StopPatience { get; set; } = DefaultStopPatience;
}
