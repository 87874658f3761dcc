using Mempulse.Canon.Reading;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Following;

/// <summary>Reads the frames of a log on this machine, on the thread pool because the disk may block.</summary>
/// <remarks>One call at a time. Consecutive calls continue one scan, which reuses its memory.</remarks>
internal sealed class LogPages(ILogReader reader) : ILogPages, IDisposable
{
    private LogScan? _scan;
    private GlobalSeq _next;

    public async ValueTask<SequencedBatch?> ReadAsync(GlobalSeq first, CancellationToken cancellationToken) =>
        await Task.Run(() => Read(first), cancellationToken).ConfigureAwait(false);

    public void Dispose() => _scan?.Dispose();

    private SequencedBatch? Read(GlobalSeq first)
    {
        if (_scan is null || first != _next)
        {
            _scan?.Dispose();
            _scan = reader.Scan(first);
            _next = first;
        }

        if (!_scan.MoveNext())
        {
            return null;
        }

        _next = _scan.Current!.Last.Next;
        return _scan.Current;
    }
}
