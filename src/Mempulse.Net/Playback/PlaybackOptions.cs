using System.ComponentModel.DataAnnotations;
using Mempulse.Net.Ingest;

namespace Mempulse.Net.Playback;

/// <summary>How a capture is played.</summary>
public sealed class PlaybackOptions
{
    /// <summary>The lane's name unless another is given.</summary>
    public const string DefaultLaneName = "playback";

    /// <summary>The lane's name; its numbering in the log is derived from it, so that a capture played again into the same log adds nothing.</summary>
    public string LaneName { get; init; } = DefaultLaneName;

    /// <summary>How fast.</summary>
    public PlaybackPace Pace { get; init; } = PlaybackPace.Maximal;

    /// <summary>Sizes and limits of the pipeline. A capture can be had again, so by default the lane waits for the log.</summary>
    public IngestPipelineOptions Pipeline { get; init; } = new() { WhenLogRefuses = LogRefusal.Wait };

    /// <summary>Checks the ranges of the pipeline.</summary>
    /// <exception cref="ValidationException">An option is invalid; the message names it.</exception>
    public void Validate() => Pipeline.Validate();
}
