using System.Globalization;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Canon.Snapshots;

/// <summary>Keeps the two newest snapshots of a state beside its log; byte table in docs/formats/log-snapshot.md.</summary>
/// <remarks>A snapshot is a cache: the log says the same, only later. One writer at a time; readers may run beside it.</remarks>
public sealed class SnapshotStore
{
    /// <summary>So many snapshots are kept, so that one that rots does not cost a replay of everything.</summary>
    public const int Kept = 2;

    private const string Extension = ".snap";
    private const string TemporaryExtension = ".new";
    private const int ChunkBytes = 1 << 20;

    private readonly ILogFileSystem _files;
    private readonly string _directory;

    /// <summary>A store in a directory of its own, made if missing.</summary>
    public SnapshotStore(ILogFileSystem files, string directory)
    {
        ArgumentNullException.ThrowIfNull(files);
        _files = files;
        _directory = directory;
        files.CreateDirectory(directory);
    }

    /// <summary>Writes a snapshot, makes it durable, reads it back, and deletes all but the two newest.</summary>
    /// <param name="mark">What state it is; one of a position that is there already takes its place.</param>
    /// <param name="writeContent">Writes the content.</param>
    /// <returns>The file.</returns>
    /// <exception cref="LogCorruptException">What was read back is not what was written; it was deleted again.</exception>
    public string Write(SnapshotMark mark, Action<Stream> writeContent)
    {
        ArgumentNullException.ThrowIfNull(mark);
        ArgumentNullException.ThrowIfNull(writeContent);
        string path = Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{mark.Seq.Value:D20}-{mark.Epoch.Value:D10}{Extension}"));
        string temporary = path + TemporaryExtension;
        _files.Delete(temporary);
        using (var file = _files.Create(temporary))
        {
            using var content = new ContentWriter(file);
            writeContent(content);
            content.Flush();
            file.Write(new SnapshotHeader(mark, content.Length, content.Crc).Encode(), 0);
            file.Sync();
        }

        _files.Rename(temporary, path);
        _files.SyncDirectory(_directory);
        if (Verify(path, out var damage) is null)
        {
            _files.Delete(path);
            _files.SyncDirectory(_directory);
            throw new LogCorruptException(damage!);
        }

        DeleteSuperseded();
        return path;
    }

    /// <summary>The newest snapshot that is whole and of this schema.</summary>
    /// <param name="watermark">The log's durable end.</param>
    /// <param name="schemaVersion">The content encoding that the reader knows; others are passed over.</param>
    /// <param name="passedOver">Is told of newer files that are damaged.</param>
    /// <returns>The snapshot, which the caller disposes; null if there is none.</returns>
    /// <exception cref="SnapshotAheadException">The newest whole snapshot is ahead of the log.</exception>
    public Snapshot? ReadNewest(GlobalSeq watermark, uint schemaVersion, Action<LogDamage> passedOver)
    {
        ArgumentNullException.ThrowIfNull(passedOver);
        foreach (string path in Paths().Reverse())
        {
            var header = Verify(path, out var damage);
            if (header is null)
            {
                passedOver(damage!);
            }
            else if (header.Mark.Seq > watermark)
            {
                throw new SnapshotAheadException(path, header.Mark.Seq, watermark);
            }
            else if (header.Mark.SchemaVersion == schemaVersion)
            {
                return new Snapshot(_files, path, header);
            }
        }

        return null;
    }

    /// <summary>The position of the oldest snapshot that was just read back and found whole; the log below it is not needed to get here again.</summary>
    /// <returns><see cref="GlobalSeq.None"/> unless all <see cref="Kept"/> snapshots are there and whole.</returns>
    public GlobalSeq VerifiedFloor()
    {
        var headers = Paths().Select(path => Verify(path, out _)).ToList();
        return headers.Count < Kept || headers.Contains(null) ? GlobalSeq.None : headers.Min(header => header!.Mark.Seq);
    }

    private string[] Paths() =>
        [.. _files.List(_directory).Where(name => name.EndsWith(Extension, StringComparison.Ordinal)).Select(name => Path.Combine(_directory, name))];

    private void DeleteSuperseded()
    {
        string[] paths = Paths();
        foreach (string old in paths.AsSpan(0, Math.Max(0, paths.Length - Kept)))
        {
            _files.Delete(old);
        }

        foreach (string name in _files.List(_directory).Where(name => name.EndsWith(TemporaryExtension, StringComparison.Ordinal)))
        {
            _files.Delete(Path.Combine(_directory, name));
        }

        _files.SyncDirectory(_directory);
    }

    private SnapshotHeader? Verify(string path, out LogDamage? damage)
    {
        using var file = _files.Open(path, FileUse.Read);
        var header = SnapshotHeader.Decode(file.ReadHead(SnapshotLayout.HeaderBytes));
        if (header is null)
        {
            damage = new LogDamage(path, 0, "a snapshot header with a valid CRC", "none");
            return null;
        }

        uint crc = 0;
        byte[] chunk = new byte[ChunkBytes];
        long left = header.ContentBytes;
        int read;
        while (left > 0 && (read = file.Read(chunk.AsSpan(0, (int)Math.Min(chunk.Length, left)), SnapshotLayout.HeaderBytes + header.ContentBytes - left)) > 0)
        {
            crc = Crc32C.Continue(crc, chunk.AsSpan(0, read));
            left -= read;
        }

        damage = left > 0 ? new LogDamage(path, file.LengthBytes, $"{left} more bytes", "the end of the file")
            : crc != header.ContentCrc ? new LogDamage(path, SnapshotLayout.HeaderBytes, $"content of CRC {header.ContentCrc:x8}", $"{crc:x8}")
            : null;
        return damage is null ? header : null;
    }
}
