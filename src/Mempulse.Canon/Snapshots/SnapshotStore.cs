using System.Globalization;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Canon.Snapshots;

/// <summary>Keeps the two newest snapshots of a state beside its log, and a few older ones spread over the log.</summary>
/// <remarks>
/// A snapshot is a cache: replaying the log gives the same state, only slower. One writer at a time; readers may run
/// concurrently. Byte table in docs/formats/log-snapshot.md.
/// </remarks>
public sealed class SnapshotStore
{
    /// <summary>Number of newest snapshots that are always kept, so that damage to one does not cost a replay of the whole log.</summary>
    public const int Kept = 2;

    /// <summary>Largest number of older snapshots kept: spread over the log, they leave gaps of at most about an eighth of it.</summary>
    public const int KeptSparse = 32;

    /// <summary>Largest total size of the older snapshots kept, in bytes: 1 GiB.</summary>
    public const long KeptSparseBytes = 1L << 30;

    private const string Extension = ".snap";
    private const string TemporaryExtension = ".new";
    private const string LostExtension = ".lost";
    private const int ChunkBytes = 1 << 20;
    private const int SeqDigits = 20;

    private readonly ILogFileSystem _files;
    private readonly string _directory;

    /// <summary>Opens a store in its own directory, which the first snapshot creates.</summary>
    public SnapshotStore(ILogFileSystem files, string directory)
    {
        ArgumentNullException.ThrowIfNull(files);
        _files = files;
        _directory = directory;
    }

    /// <summary>Begins a snapshot; an existing one of the same position and epoch is replaced when it is completed.</summary>
    /// <param name="seq">The last position applied to the state.</param>
    /// <param name="epoch">The writer's epoch.</param>
    public SnapshotWriter Begin(GlobalSeq seq, Epoch epoch)
    {
        string path = Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{seq.Value:D20}-{epoch.Value:D10}{Extension}"));
        _files.CreateDirectory(_directory);
        _files.Delete(path + TemporaryExtension);
        return new SnapshotWriter(this, _files.Create(path + TemporaryExtension), path);
    }

    /// <summary>Gives a written and synced snapshot its name, reads it back, and thins out the older ones.</summary>
    internal void Publish(string path)
    {
        _files.Rename(path + TemporaryExtension, path);
        _files.SyncDirectory(_directory);
        if (Verify(path, out var damage) is null)
        {
            _files.Delete(path);
            _files.SyncDirectory(_directory);
            throw new LogCorruptException(damage!);
        }

        DeleteSuperseded(path);
    }

    /// <summary>Opens the newest intact snapshot with this schema version.</summary>
    /// <param name="watermark">The log's durable end.</param>
    /// <param name="schemaVersion">The content encoding that the reader knows; snapshots of other versions are skipped.</param>
    /// <param name="passedOver">Receives the damage of each newer file that was skipped.</param>
    /// <returns>The snapshot, which the caller disposes; null if no snapshot qualifies.</returns>
    /// <exception cref="SnapshotAheadException">The newest intact snapshot is ahead of the log.</exception>
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

    /// <summary>The position of the newest snapshot with an intact header, whatever its schema version; its log was durable up to there.</summary>
    /// <returns><see cref="GlobalSeq.None"/> if there is no such snapshot.</returns>
    public GlobalSeq NewestSeq() => Paths().Reverse().Select(ReadHeader).FirstOrDefault(header => header is not null)?.Mark.Seq ?? GlobalSeq.None;

    /// <summary>Returns the position of the newest snapshot at or below a position, or <see cref="GlobalSeq.None"/>. Only file names are read, so the snapshot may be damaged.</summary>
    /// <param name="atMost">The highest position, inclusive.</param>
    public GlobalSeq SeqAtMost(GlobalSeq atMost) => Paths().Select(SeqOf).Where(seq => seq <= atMost).DefaultIfEmpty(GlobalSeq.None).Max();

    /// <summary>Opens the newest intact snapshot with this schema version at or below a position.</summary>
    /// <param name="atMost">The highest position of the snapshot, inclusive.</param>
    /// <param name="schemaVersion">The content encoding that the reader knows; snapshots of other versions are skipped.</param>
    /// <param name="passedOver">Receives the damage of each file that was skipped.</param>
    /// <returns>The snapshot, which the caller disposes; null if no snapshot qualifies.</returns>
    public Snapshot? ReadAtMost(GlobalSeq atMost, uint schemaVersion, Action<LogDamage> passedOver) =>
        ReadFirst(Paths().Reverse().Where(path => SeqOf(path) <= atMost), schemaVersion, passedOver);

    /// <summary>Opens the oldest intact snapshot with this schema version at or above a position.</summary>
    /// <remarks>The replay of a log starts here if retention has deleted the log's beginning.</remarks>
    /// <param name="atLeast">The lowest position of the snapshot, inclusive.</param>
    /// <param name="schemaVersion">The content encoding that the reader knows; snapshots of other versions are skipped.</param>
    /// <param name="passedOver">Receives the damage of each file that was skipped.</param>
    /// <returns>The snapshot, which the caller disposes; null if no snapshot qualifies.</returns>
    public Snapshot? ReadAtLeast(GlobalSeq atLeast, uint schemaVersion, Action<LogDamage> passedOver) =>
        ReadFirst(Paths().Where(path => SeqOf(path) >= atLeast), schemaVersion, passedOver);

    /// <summary>Reads the two newest snapshots back and returns the position of the older one; the log up to it is not needed to rebuild the state.</summary>
    /// <returns><see cref="GlobalSeq.None"/> unless there are <see cref="Kept"/> snapshots and they are intact.</returns>
    public GlobalSeq VerifiedFloor()
    {
        var headers = Paths().TakeLast(Kept).Select(path => Verify(path, out _)).ToList();
        return headers.Count < Kept || headers.Contains(null) ? GlobalSeq.None : headers.Min(header => header!.Mark.Seq);
    }

    /// <summary>Deletes the snapshots that a log which now begins at <paramref name="oldest"/> cannot continue from; never the two newest.</summary>
    /// <param name="oldest">The first position of the log.</param>
    /// <param name="checkEpoch">Throws if the writer's epoch no longer holds; called before each change.</param>
    internal void DeleteBelow(GlobalSeq oldest, Action checkEpoch)
    {
        foreach (string useless in Paths().SkipLast(Kept).Where(path => SeqOf(path).Next < oldest))
        {
            checkEpoch();
            _files.Delete(useless);
        }

        checkEpoch();
        _files.SyncDirectory(_directory);
    }

    /// <summary>Renames the snapshots above a position, which the log has lost, so that none is restored once the position is assigned again.</summary>
    /// <param name="end">The end of the log.</param>
    /// <param name="checkEpoch">Throws if the writer's epoch no longer holds; called before each change. To a former writer, what its successor saved seems to be ahead.</param>
    /// <returns>The highest position of a renamed snapshot; <see cref="GlobalSeq.None"/> if there was none.</returns>
    internal GlobalSeq SetAsideAbove(GlobalSeq end, Action checkEpoch)
    {
        var ahead = Paths().Select(path => (Path: path, Seq: ReadHeader(path)?.Mark.Seq ?? SeqOf(path))).Where(snapshot => snapshot.Seq > end).ToList();
        foreach (var (path, _) in ahead)
        {
            checkEpoch();
            _files.Rename(path, path + LostExtension);
        }

        if (ahead.Count == 0)
        {
            return GlobalSeq.None;
        }

        _files.SyncDirectory(_directory);
        return ahead.Max(snapshot => snapshot.Seq);
    }

    /// <summary>Returns the paths of all snapshots, oldest first: names sort as positions do.</summary>
    private string[] Paths() =>
        [.. _files.List(_directory).Where(name => name.EndsWith(Extension, StringComparison.Ordinal)).Select(name => Path.Combine(_directory, name))];

    /// <summary>Returns the position in a file name; only verification shows what the file really holds.</summary>
    private static GlobalSeq SeqOf(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        return ulong.TryParse(name[..Math.Min(SeqDigits, name.Length)], NumberStyles.None, CultureInfo.InvariantCulture, out ulong seq)
            ? new GlobalSeq(seq)
            : GlobalSeq.None;
    }

    /// <summary>Returns the epoch in a file name.</summary>
    private static Epoch EpochOf(string path)
    {
        string[] parts = Path.GetFileName(path).Split('-', '.');
        return parts.Length > 1 && ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong epoch) ? new Epoch(epoch) : default;
    }

    private Snapshot? ReadFirst(IEnumerable<string> paths, uint schemaVersion, Action<LogDamage> passedOver)
    {
        ArgumentNullException.ThrowIfNull(passedOver);
        foreach (string path in paths)
        {
            var header = Verify(path, out var damage);
            if (header is null)
            {
                passedOver(damage!);
            }
            else if (header.Mark.SchemaVersion == schemaVersion)
            {
                return new Snapshot(_files, path, header);
            }
        }

        return null;
    }

    private long SizeOf(string path)
    {
        using var file = _files.Open(path, FileUse.Read);
        return file.LengthBytes;
    }

    private void DeleteSuperseded(string newest)
    {
        string[] paths = Paths();
        var sparse = new SnapshotThinning(KeptSparse, KeptSparseBytes);
        foreach (string path in paths.SkipLast(Kept))
        {
            sparse.Add(SeqOf(path), SizeOf(path));
        }

        var end = paths.Length > Kept ? SeqOf(paths[^Kept]) : GlobalSeq.None;
        foreach (int index in sparse.Superfluous(end))
        {
            _files.Delete(paths[index]);
        }

        // What an earlier writer began. A later one may be writing its snapshot now.
        foreach (string name in _files.List(_directory).Where(name => name.EndsWith(Extension + TemporaryExtension, StringComparison.Ordinal) && EpochOf(name) <= EpochOf(newest)))
        {
            _files.Delete(Path.Combine(_directory, name));
        }

        _files.SyncDirectory(_directory);
    }

    private SnapshotHeader? ReadHeader(string path)
    {
        using var file = _files.Open(path, FileUse.Read);
        return SnapshotHeader.Decode(file.ReadHead(SnapshotLayout.HeaderBytes));
    }

    private SnapshotHeader? Verify(string path, out LogDamage? damage)
    {
        using var file = _files.Open(path, FileUse.Read);
        var header = SnapshotHeader.Decode(file.ReadHead(SnapshotLayout.HeaderBytes));
        if (header is null)
        {
            damage = new LogDamage(path, 0, "a snapshot header with a valid CRC", "no valid header");
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
            : crc != header.ContentCrc ? new LogDamage(path, SnapshotLayout.HeaderBytes, $"content with CRC {header.ContentCrc:x8}", $"{crc:x8}")
            : null;
        return damage is null ? header : null;
    }
}
