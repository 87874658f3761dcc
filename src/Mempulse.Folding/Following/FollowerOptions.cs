using System.ComponentModel.DataAnnotations;

namespace Mempulse.Folding.Following;

/// <summary>Buffer size and timeouts of a <see cref="LogFollower"/>.</summary>
public sealed class FollowerOptions
{
    /// <summary>Holds about 0.1 s of the fastest log.</summary>
    public const int DefaultBufferBytes = 8 << 20;

    /// <summary>Ten commits on a slow disk.</summary>
    public static readonly TimeSpan DefaultStallPatience = TimeSpan.FromMilliseconds(50);

    /// <summary>Ten watermark periods.</summary>
    public static readonly TimeSpan DefaultSilencePatience = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of offers buffered for the consumer; offers beyond that are read from the log later.</summary>
    [Range(64 << 10, 1 << 30)]
    public int BufferBytes { get; init; } = DefaultBufferBytes;

    /// <summary>How long the watermark may stay ahead without an offer before the log is read. A shorter time recovers faster and reads more.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan StallPatience { get; init; } = DefaultStallPatience;

    /// <summary>How long nothing may arrive before the follower reads the log.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan SilencePatience { get; init; } = DefaultSilencePatience;
}
