using System.ComponentModel.DataAnnotations;

namespace Mempulse.Folding.Following;

/// <summary>Bounds and patience of a <see cref="LogFollower"/>.</summary>
public sealed class FollowerOptions
{
    /// <summary>Room for about 0.1 s of the fastest log.</summary>
    public const int DefaultBufferBytes = 8 << 20;

    /// <summary>Ten commits of a slow disk.</summary>
    public static readonly TimeSpan DefaultStallPatience = TimeSpan.FromMilliseconds(50);

    /// <summary>Ten watermarks.</summary>
    public static readonly TimeSpan DefaultSilencePatience = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of offers kept for the consumer; anything beyond is read from the log later.</summary>
    [Range(64 << 10, 1 << 30)]
    public int BufferBytes { get; init; } = DefaultBufferBytes;

    /// <summary>How long the watermark may be ahead without an offer before the log is read. Shorter heals faster and reads more.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan StallPatience { get; init; } = DefaultStallPatience;

    /// <summary>How long nothing at all may arrive before the log is read.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan SilencePatience { get; init; } = DefaultSilencePatience;
}
