using Mempulse.Primitives;

namespace Mempulse.Net.Blocks;

/// <summary>A canonical block whose receipts are not on record.</summary>
/// <remarks>Owned by <see cref="ReceiptBacklog"/>.</remarks>
internal sealed class MissingReceipts(BlockNumber number, Hash256 hash, VerifiedBlock? block, long since)
{
    /// <summary>Its height.</summary>
    public BlockNumber Number { get; } = number;

    /// <summary>The block.</summary>
    public Hash256 Hash { get; } = hash;

    /// <summary>The block with its transactions; null after a restart, until it is fetched again.</summary>
    public VerifiedBlock? Block { get; set; } = block;

    /// <summary>Clock timestamp from which they are missing.</summary>
    public long Since { get; } = since;

    /// <summary>Number of times that a source was asked.</summary>
    public int Attempts { get; set; }

    /// <summary>Clock timestamp before which no source is asked again.</summary>
    public long DueAt { get; set; } = since;

    /// <summary>Why they are missing, in a sentence.</summary>
    public string Problem { get; set; } = "No source has been asked yet.";

    /// <summary>Returns the pause before the next request, which doubles with each attempt.</summary>
    /// <param name="first">The pause after the first attempt.</param>
    /// <param name="longest">The longest pause.</param>
    public TimeSpan NextPause(TimeSpan first, TimeSpan longest)
    {
        const int maxDoublings = 16;
        var pause = first * Math.Pow(2, Math.Min(Math.Max(Attempts - 1, 0), maxDoublings));
        return pause < longest ? pause : longest;
    }
}
