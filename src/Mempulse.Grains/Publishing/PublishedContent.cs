namespace Mempulse.Grains.Publishing;

/// <summary>The content of a chain's stream.</summary>
public enum PublishedContent
{
    /// <summary>The durable watermark, every <see cref="PublisherOptions.WatermarkPeriod"/>.</summary>
    Watermarks = 0,

    /// <summary>The watermark and every record.</summary>
    Records = 1,
}
