using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Following;

/// <summary>The log as a follower reads it: page by page.</summary>
public interface ILogPages
{
    /// <summary>Reads at least one record, starting at <paramref name="first"/>; returns null when that is past the watermark.</summary>
    /// <returns>Records that are valid until the next call.</returns>
    ValueTask<SequencedBatch?> ReadAsync(GlobalSeq first, CancellationToken cancellationToken);
}
