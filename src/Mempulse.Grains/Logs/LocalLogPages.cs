using Mempulse.Canon.Reading;
using Mempulse.Grains.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Logs;

/// <summary>Pages of a log in this silo, read on the thread pool because the disk may make them wait.</summary>
internal sealed class LocalLogPages(ILogReader reader) : ILogPages
{
    public async ValueTask<SequencedBatch?> ReadAsync(GlobalSeq first, int maxBytes, CancellationToken cancellationToken) =>
        await Task.Run(() => reader.Read(first, maxBytes), cancellationToken).ConfigureAwait(false);
}
