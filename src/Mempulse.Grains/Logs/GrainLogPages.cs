using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Logs;

/// <summary>Pages of a log in another silo.</summary>
public sealed class GrainLogPages(ILogReaderGrain reader) : ILogPages
{
    /// <inheritdoc/>
    public ValueTask<SequencedBatch?> ReadAsync(GlobalSeq first, int maxBytes, CancellationToken cancellationToken) => reader.Read(first, maxBytes);
}
