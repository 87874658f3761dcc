using System.ComponentModel.DataAnnotations;

namespace Mempulse.Grains.Books;

/// <summary>Options of reading pools: the section Mempulse:Book.</summary>
public sealed class BookWatchOptions
{
    /// <summary>Default of <see cref="Interval"/>: a fraction of the shortest block time.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>The time between two looks at what the fold asks for. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan Interval { get; set; } = DefaultInterval;

    /// <summary>Pools that are read together at most; 0 reads none, so that no opportunity is found. Default 64.</summary>
    [Range(0, 1_024)]
    public int ReadsAtOnce { get; set; } = 64;

    /// <summary>Pools that are held against the chain at each block. Default 4.</summary>
    [Range(0, 256)]
    public int SamplesPerBlock { get; set; } = 4;
}
