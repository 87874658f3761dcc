using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Following;

/// <summary>Where a follower reads the log.</summary>
public interface ILogPages
{
    /// <summary>The records from <paramref name="first"/> on, at least one; null when it is past the watermark.</summary>
    /// <returns>Records that stay as they are until the next call.</returns>
    ValueTask<SequencedBatch?> ReadAsync(GlobalSeq first, CancellationToken cancellationToken);
}
