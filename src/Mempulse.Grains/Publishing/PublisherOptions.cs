using System.ComponentModel.DataAnnotations;

namespace Mempulse.Grains.Publishing;

/// <summary>Bounds of the hand-over from the log's writer to the stream.</summary>
public sealed class PublisherOptions
{
    /// <summary>Most events of one item; larger items were slower (docs/decisions/0050).</summary>
    public const int MaxItemEvents = 256;

    /// <summary>Most bytes of one item, unless a single record is longer.</summary>
    public const int MaxItemBytes = 64 << 10;

    /// <summary>Room for about 0.2 s of the fastest log.</summary>
    public const int DefaultHandOverBytes = 16 << 20;

    /// <summary>What LOG-RULES 30 asks for.</summary>
    public static readonly TimeSpan DefaultWatermarkPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>What is published. Followers in this silo need neither; one elsewhere reads the log through its reader grain, and with records less of it.</summary>
    public PublishedContent Content { get; init; } = PublishedContent.Watermarks;

    /// <summary>Bytes that may wait for the stream; what comes on top is not published, and followers read it from the log.</summary>
    [Range(1 << 20, 1 << 30)]
    public int HandOverBytes { get; init; } = DefaultHandOverBytes;

    /// <summary>How often the watermark is told. It alone shows the loss of a last item.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan WatermarkPeriod { get; init; } = DefaultWatermarkPeriod;
}
