using System.ComponentModel.DataAnnotations;

namespace Mempulse.Grains.Following;

/// <summary>Bounds and patience of a <see cref="LogFollower"/>.</summary>
public sealed class FollowerOptions
{
    /// <summary>Room for about 0.1 s of the fastest log.</summary>
    public const int DefaultBufferBytes = 8 << 20;

    /// <summary>Large enough to make the read cheap, small enough not to hold up the reader.</summary>
    public const int DefaultPageBytes = 256 << 10;

    /// <summary>Ten polls of the stream.</summary>
    public static readonly TimeSpan DefaultStallPatience = TimeSpan.FromMilliseconds(50);

    /// <summary>Ten watermarks.</summary>
    public static readonly TimeSpan DefaultSilencePatience = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of stream items kept for the consumer; what comes on top is read from the log later.</summary>
    [Range(64 << 10, 1 << 30)]
    public int BufferBytes { get; init; } = DefaultBufferBytes;

    /// <summary>Bytes of one read of the log, at most 1 MiB.</summary>
    [Range(4 << 10, 1 << 20)]
    public int PageBytes { get; init; } = DefaultPageBytes;

    /// <summary>How long the watermark may be ahead without an item before the log is read. Shorter heals faster and reads more.</summary>
    public TimeSpan StallPatience { get; init; } = DefaultStallPatience;

    /// <summary>How long nothing at all may come before the log is asked.</summary>
    public TimeSpan SilencePatience { get; init; } = DefaultSilencePatience;
}
