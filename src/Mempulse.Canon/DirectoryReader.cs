using Mempulse.Canon.Files;
using Mempulse.Canon.Keys;
using Mempulse.Canon.Reading;
using Mempulse.Canon.Recovery;
using Mempulse.Canon.Segments;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon;

/// <summary>Reads a log that this process does not write, as of the last time its directory was loaded.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DirectoryReader : ILogReader
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly string _directory;
    private readonly ILogFileSystem _files;
    private readonly TimeProvider _time;
    private readonly KeyIndexes _keys;
    private volatile LogReader _view;

    public DirectoryReader(string directory, ILogFileSystem files, TimeProvider time)
    {
        _directory = directory;
        _files = files;
        _time = time;
        _keys = new KeyIndexes(files, KeyIndexUse.ReadOnly);
        _view = Load();
    }

    public GlobalSeq Oldest => _view.Oldest;

    public GlobalSeq Watermark => _view.Watermark;

    public SequencedBatch? Read(GlobalSeq from, int maxBytes) => _view.Read(from, maxBytes);

    public LogScan Scan(GlobalSeq from) => _view.Scan(from);

    public IReadOnlyList<GlobalSeq> Find(EventKey key, GlobalSeq after, int limit) => _view.Find(key, after, limit);

    public async ValueTask WaitPastAsync(GlobalSeq seq, CancellationToken cancellationToken)
    {
        while (Watermark <= seq)
        {
            await Task.Delay(PollInterval, _time, cancellationToken).ConfigureAwait(false);
            _view = Load();
        }
    }

    private LogReader Load()
    {
        bool isLive = _files.IsLocked(Path.Combine(_directory, WriterSession.LockName));
        var chain = LogChain.Load(_files, _directory, chain: null);
        if (chain.Segments.Count == 0)
        {
            throw new DirectoryNotFoundException($"There is no log in {_directory}.");
        }

        var last = chain.Segments[^1];
        var scan = isLive ? TailScan.OfLive(_files, last) : TailScan.Of(_files, last);
        var end = isLive ? scan.Proven : scan.End;
        last.EndBytes = end.Offset;
        return new LogReader(_files, new LogState(chain.Segments, new GlobalSeq(end.Next.Value - 1)), _keys);
    }
}
