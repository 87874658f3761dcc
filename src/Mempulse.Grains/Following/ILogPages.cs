using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Following;

/// <summary>Where a follower reads the log: in this silo or through the reader grain of another.</summary>
public interface ILogPages
{
    /// <summary>The records from <paramref name="first"/> on, as many as fit into <paramref name="maxBytes"/> but at least one; null when it is past the watermark.</summary>
    ValueTask<SequencedBatch?> ReadAsync(GlobalSeq first, int maxBytes, CancellationToken cancellationToken);
}
