using Mempulse.Canon.Files;
using Mempulse.Canon.Format;

namespace Mempulse.Canon.Snapshots;

/// <summary>Writes one snapshot piece by piece. The snapshot exists from <see cref="Complete"/> on.</summary>
/// <remarks>Every call blocks on the disk. One call at a time, from any thread.</remarks>
public sealed class SnapshotWriter : IDisposable
{
    private readonly SnapshotStore _store;
    private readonly ILogFile _file;
    private readonly ContentWriter _content;
    private readonly string _path;

    internal SnapshotWriter(SnapshotStore store, ILogFile file, string path)
    {
        _store = store;
        _file = file;
        _content = new ContentWriter(file);
        _path = path;
    }

    /// <summary>Bytes of content so far.</summary>
    public long SizeBytes => _content.Length;

    /// <summary>Appends content.</summary>
    public void Append(ReadOnlySpan<byte> content) => _content.Write(content);

    /// <summary>Makes the snapshot durable, reads it back, and thins out the older ones.</summary>
    /// <param name="mark">Identifies the state, at the position and epoch that the writer was opened for.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="LogCorruptException">The snapshot read back differs from the one written; it was deleted again.</exception>
    public string Complete(SnapshotMark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        _content.Flush();
        _file.Write(new SnapshotHeader(mark, _content.Length, _content.Crc).Encode(), 0);
        _file.Sync();
        Dispose();
        _store.Publish(_path);
        return _path;
    }

    /// <summary>Closes the file. An incomplete snapshot is deleted when the next one is created.</summary>
    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
    }
}
