using System.ComponentModel.DataAnnotations;
using System.Diagnostics.Metrics;
using Mempulse.Net.Ingest;
using Mempulse.Observability;

namespace Mempulse.Net.Playback;

/// <summary>Options of playback.</summary>
public sealed class PlaybackOptions
{
    /// <summary>The default name of the lane.</summary>
    public const string DefaultLaneName = "playback";

    /// <summary>The lane's name. Its numbering in the log derives from it, so that playing a capture into the same log again adds nothing.</summary>
    public string LaneName { get; init; } = DefaultLaneName;

    /// <summary>The pace.</summary>
    public PlaybackPace Pace { get; init; } = PlaybackPace.Maximal;

    /// <summary>Sizes and limits of the pipeline. A capture can be read again, so by default the lane waits while the log refuses records.</summary>
    public IngestPipelineOptions Pipeline { get; init; } = new() { WhenLogRefuses = LogRefusal.Wait };

    /// <summary>Makes the instruments. Default: one factory for the process; a host passes its own.</summary>
    public IMeterFactory Meters { get; init; } = UnhostedMeters.Shared;

    /// <summary>Checks the ranges of the pipeline.</summary>
    /// <exception cref="ValidationException">An option is invalid; the message names it.</exception>
    public void Validate() => Pipeline.Validate();
}
