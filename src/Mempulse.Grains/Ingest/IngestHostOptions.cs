using System.ComponentModel.DataAnnotations;
using Mempulse.Net.Ingest;

namespace Mempulse.Grains.Ingest;

/// <summary>What an ingest host runs.</summary>
public sealed class IngestHostOptions
{
    /// <summary>Often enough for a live view.</summary>
    public static readonly TimeSpan DefaultReportPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>Long enough to append what is queued, short enough not to be killed.</summary>
    public static readonly TimeSpan DefaultStopPatience = TimeSpan.FromSeconds(10);

    /// <summary>The lanes.</summary>
    public IReadOnlyList<LanePlan> Lanes { get; set; } = [];

    /// <summary>Bodies remembered for each chain as on record, for all its live lanes together.</summary>
    [Range(16, 1 << 24)]
    public int RecentBodies { get; set; } = IngestPipelineOptions.DefaultRecentBodies;

    /// <summary>This host by name.</summary>
    public string Host { get; set; } = "node";

    /// <summary>Which sender recovery its decoders use.</summary>
    public string SenderRecovery { get; set; } = string.Empty;

    /// <summary>How often it reports.</summary>
    public TimeSpan ReportPeriod { get; set; } = DefaultReportPeriod;

    /// <summary>How long a stopping lane may take to append what it has.</summary>
    public TimeSpan StopPatience { get; set; } = DefaultStopPatience;
}
