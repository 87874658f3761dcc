namespace Mempulse.Grains.Publishing;

/// <summary>What a chain's stream carries.</summary>
public enum PublishedContent
{
    /// <summary>The durable watermark, every <see cref="PublisherOptions.WatermarkPeriod"/>.</summary>
    Watermarks = 0,

    /// <summary>The watermark and every record.</summary>
    Records = 1,
}
