using System.ComponentModel.DataAnnotations;

namespace Mempulse.Grains.Publishing;

/// <summary>Options of the publication from the log's writer to the stream.</summary>
public sealed class PublisherOptions
{
    /// <summary>The maximum number of events in one item (docs/decisions/0050).</summary>
    public const int MaxItemEvents = 256;

    /// <summary>The maximum number of bytes in one item, unless a single record is longer.</summary>
    public const int MaxItemBytes = 64 << 10;

    /// <summary>Holds about 0.2 s of the fastest log.</summary>
    public const int DefaultHandOverBytes = 16 << 20;

    /// <summary>The period that LOG-RULES 30 requires.</summary>
    public static readonly TimeSpan DefaultWatermarkPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>What is published.</summary>
    /// <remarks>
    /// Followers in this silo do not use the stream. A follower elsewhere reads the log through the log reader grain; if records are
    /// published, it reads less.
    /// </remarks>
    [EnumDataType(typeof(PublishedContent))]
    public PublishedContent Content { get; init; } = PublishedContent.Watermarks;

    /// <summary>Bytes that may wait for the stream. Records beyond that are not published, and followers read them from the log.</summary>
    [Range(1 << 20, 1 << 30)]
    public int HandOverBytes { get; init; } = DefaultHandOverBytes;

    /// <summary>The time between two watermarks. Only a watermark reveals the loss of the last item.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan WatermarkPeriod { get; init; } = DefaultWatermarkPeriod;
}
