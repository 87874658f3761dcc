using System.Diagnostics.CodeAnalysis;
using Mempulse.Canon.Files;
using Mempulse.Primitives;

namespace Mempulse.Storage.Contents;

/// <summary>Stores byte strings (witnesses and traces of simulations) by their Keccak-256. Files: docs/formats/content.md.</summary>
/// <remarks>
/// Thread-safe. One process writes at a time, which the lock of the log beside the store ensures; any number may read.
/// Contents that are put together are a batch, which is complete or absent after a crash: a file of its own, or, with
/// <see cref="ContentStoreOptions.VolumeBytes"/>, a part of a volume, which exists and has its size before, so that one sync makes it durable. Every read
/// checks the digest and does not wait for a writer. Bounded: the oldest files are deleted first.
/// </remarks>
public sealed class ContentStore
{
    /// <summary>Largest number of contents that can be put together.</summary>
    public const int MaxBatch = ContentBatchFile.MaxContents;

    /// <summary>A volume is at most this part of the bound, since whole files are deleted.</summary>
    private const int VolumesOfBound = 8;

    /// <summary>One write runs at a time, so one name is enough; each write deletes what a failed one left behind.</summary>
    private const string TemporaryName = "batch" + ContentName.BatchExtension + ContentName.TemporaryExtension;

    private const string TemporaryVolume = "volume" + ContentName.VolumeExtension + ContentName.TemporaryExtension;

    private readonly ContentStoreOptions _options;
    private readonly long _volumeBytes;
    private readonly Lock _writing = new(); // taken before _gate
    private readonly Lock _gate = new();
    private readonly ContentIndex _index = new();
    private ulong _lastOrdinal;
    private string? _undurable; // a file whose name could not be synced; the next write deletes it
    private string? _unsynced; // the newest volume as it was found: what an earlier process appended last may not be on the device
    private ContentVolume? _volume;
    private readonly HashSet<Hash256> _inVolume = []; // shared contents of the newest volume that are known to be whole
    private bool _isPrepared;
    private bool _areNamesDurable;

    private ContentStore(ContentStoreOptions options)
    {
        _options = options;
        _volumeBytes = Math.Min(options.VolumeBytes, options.MaxBytes / VolumesOfBound) / ContentVolumeFile.Alignment * ContentVolumeFile.Alignment;
    }

    /// <summary>Total size of all files in bytes.</summary>
    public long SizeBytes
    {
        get
        {
            lock (_gate)
            {
                return _index.SizeBytes;
            }
        }
    }

    /// <summary>Number of contents in the store.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _index.Count;
            }
        }
    }

    /// <summary>Opens a store; does not change anything on disk.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public static ContentStore Open(ContentStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var store = new ContentStore(options);
        foreach (string file in options.Files.List(options.Directory))
        {
            if (ContentName.TryParse(file, out var name))
            {
                store.Enter(name);
            }
        }

        store._lastOrdinal = store._index.LastOrdinal;
        return store;
    }

    /// <summary>Stores one content, like <see cref="PutAll(IReadOnlyList{PreparedContent})"/>.</summary>
    /// <returns>The content's digest.</returns>
    /// <exception cref="ArgumentException">The content is larger than <see cref="ContentStoreOptions.MaxContentBytes"/>.</exception>
    /// <exception cref="IOException">The disk is full or failed; put the content again.</exception>
    public Hash256 Put(ContentKind kind, ReadOnlySpan<byte> content)
    {
        var prepared = PreparedContent.Of(kind, content);
        PutAll([prepared]);
        return prepared.Digest;
    }

    /// <summary>Stores at most <see cref="MaxBatch"/> contents in one file, like <see cref="PutAll(IReadOnlyList{PreparedContent}, IReadOnlyList{PreparedContent})"/>.</summary>
    public IReadOnlySet<Hash256> PutAll(IReadOnlyList<PreparedContent> contents) => PutAll(contents, []);

    /// <summary>Stores contents in one file; all are durable when this returns. Contents that are stored intact already are not written again.</summary>
    /// <remarks>Each file has the shared contents that its other contents name, once: whole files are deleted, so a content is never there without those it names.</remarks>
    /// <param name="contents">The contents.</param>
    /// <param name="shared">Contents that they name. Together at most <see cref="MaxBatch"/>.</param>
    /// <returns>The digests of <paramref name="contents"/> that were stored already.</returns>
    /// <exception cref="IOException">The disk is full or failed; put the contents again.</exception>
    public IReadOnlySet<Hash256> PutAll(IReadOnlyList<PreparedContent> contents, IReadOnlyList<PreparedContent> shared)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contents.Count + shared.Count, MaxBatch, nameof(contents));
        lock (_writing)
        {
            SyncEarlier();
            var old = contents.Select(content => content.Digest).Where(IsWhole).ToHashSet();
            PreparedContent[] missing = [.. contents.Where(content => !old.Contains(content.Digest)).DistinctBy(content => content.Digest)];
            PreparedContent[] named = [.. shared.DistinctBy(content => content.Digest)];
            if (missing.Length > 0)
            {
                Write(missing, named);
            }
            else if (named.Where(content => !IsWhole(content.Digest)).ToArray() is { Length: > 0 } lost)
            {
                Write(lost, []);
            }
            else if (!_areNamesDurable)
            {
                SyncNames(); // an earlier process may have stopped between a rename and its sync
            }

            return old;
        }
    }

    /// <summary>Reads a content and checks its digest.</summary>
    /// <returns>False if the content was never stored, or was deleted.</returns>
    /// <exception cref="ContentDamagedException">The content is damaged, or it was not found and a file with a damaged header may have held it.</exception>
    public bool TryRead(in Hash256 digest, [NotNullWhen(true)] out byte[]? content)
    {
        content = ReadWhole(digest, out var damage);
        if (content is null && damage is not null)
        {
            throw new ContentDamagedException(damage.Message, damage);
        }

        return content is not null;
    }

    private bool IsWhole(Hash256 digest) => ReadWhole(digest, out _) is not null; // what is damaged is written again

    /// <summary>Reads the newest copy of a content that is whole. The newest one of a shared content may be from a write that was interrupted.</summary>
    private byte[]? ReadWhole(in Hash256 digest, out ContentDamagedException? damage)
    {
        foreach (var (file, place) in CopiesOf(digest, out damage))
        {
            if (ReadCopy(file, place, ref damage) is { } content)
            {
                return content;
            }
        }

        return null;
    }

    private IReadOnlyList<(ContentName File, ContentPlace Place)> CopiesOf(in Hash256 digest, out ContentDamagedException? damage)
    {
        lock (_gate)
        {
            var copies = _index.FindAll(digest);
            damage = copies.Count == 0 ? _index.Damage() : null;
            return copies;
        }
    }

    private byte[]? ReadCopy(ContentName file, in ContentPlace place, ref ContentDamagedException? damage)
    {
        try
        {
            return Read(file, place);
        }
        catch (ContentDamagedException found)
        {
            damage ??= found;
            return null;
        }
    }

    /// <summary>Reads a content; null if its file was deleted meanwhile.</summary>
    private byte[]? Read(ContentName name, in ContentPlace place)
    {
        string path = PathOf(name);
        try
        {
            using var file = _options.Files.Open(path, FileUse.Read);
            return name.Kind == ContentFileKind.Single ? ContentFile.Read(path, file, name.Digest) : ContentBatchFile.Read(file, place);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private void Write(PreparedContent[] contents, PreparedContent[] shared)
    {
        Prepare();
        var batch = ContentBatchFile.Encode([.. shared.Where(content => !IsInVolume(content.Digest)), .. contents]);
        if (_volume is { } volume && Fits(batch.File) && volume.Fits(ContentVolumeFile.BytesOf(batch.File.Length)))
        {
            Append(volume, batch.File, batch.Header);
        }
        else
        {
            batch = ContentBatchFile.Encode([.. shared, .. contents]); // into another file, which has none of them
            if (Fits(batch.File))
            {
                Append(BeginVolume(), batch.File, batch.Header);
            }
            else
            {
                WriteFile(batch.File, batch.Header);
            }
        }

        _inVolume.UnionWith(shared.Select(content => content.Digest));
        Shrink();
    }

    private bool Fits(byte[] batch) => ContentVolumeFile.BytesOf(batch.Length) <= _volumeBytes;

    /// <summary>True if the newest volume has a shared content. One that an earlier process wrote is read once.</summary>
    private bool IsInVolume(Hash256 digest) => _volume is { } volume && CopiesOf(digest, out var damage) is [var newest, ..]
        && newest.File == volume.Name && (_inVolume.Contains(digest) || ReadCopy(newest.File, newest.Place, ref damage) is not null);

    /// <summary>Appends a batch to a volume, and syncs it.</summary>
    private void Append(ContentVolume volume, byte[] batch, in Hash256 header)
    {
        byte[] bytes = ContentVolumeFile.Encode(batch, header);
        _volume = null; // after a failure another one begins: it is not known what this one has
        using (var file = _options.Files.Open(PathOf(volume.Name), FileUse.Write))
        {
            file.Write(bytes, volume.End);
            file.Sync();
        }

        if (!_areNamesDurable)
        {
            SyncNames();
        }

        // Add it only now: everything in the index is durable.
        lock (_gate)
        {
            _index.Extend(volume.Name, ContentBatchFile.PlacesOf(batch, volume.End + ContentVolumeFile.RecordBytes, out _));
        }

        _volume = volume with { End = volume.End + bytes.Length };
    }

    private ContentVolume BeginVolume()
    {
        var name = ContentName.OfVolume(++_lastOrdinal);
        using (var file = Create(TemporaryVolume))
        {
            file.Allocate(_volumeBytes);
            file.Sync();
        }

        Publish(TemporaryVolume, name);
        _inVolume.Clear();
        lock (_gate)
        {
            _index.Add(name, _volumeBytes, []);
        }

        return new ContentVolume(name, _volumeBytes, End: 0);
    }

    /// <summary>Writes a batch into a file of its own, under a temporary name, syncs it, renames it and syncs the directory, so that it is complete or absent.</summary>
    private void WriteFile(byte[] batch, in Hash256 header)
    {
        _volume = null; // files hold what was stored one after the other: of two copies the newer one is read
        var name = new ContentName(++_lastOrdinal, header, ContentFileKind.Batch);
        IReadOnlyList<ContentPlace> places;
        using (var target = Create(TemporaryName))
        {
            target.Write(batch, 0);
            target.Sync();
            places = ContentBatchFile.ReadHeader(target, header);
        }

        Publish(TemporaryName, name);

        // Add it only now: everything in the index is durable.
        lock (_gate)
        {
            _index.Add(name, batch.Length, places);
        }
    }

    /// <summary>Creates a temporary file, and deletes what a failed write left.</summary>
    private ILogFile Create(string temporaryName)
    {
        string temporary = Path.Combine(_options.Directory, temporaryName);
        _options.Files.Delete(temporary);
        if (_undurable is { } left)
        {
            _options.Files.Delete(left);
        }

        return _options.Files.Create(temporary);
    }

    private void Publish(string temporaryName, in ContentName name)
    {
        _undurable = PathOf(name);
        _options.Files.Rename(Path.Combine(_options.Directory, temporaryName), _undurable);
        SyncNames();
        _undurable = null;
    }

    /// <summary>Makes durable what an earlier process appended, and may have been stopped before it synced: it is read, and counts as stored.</summary>
    private void SyncEarlier()
    {
        if (_unsynced is { } path)
        {
            using (var file = _options.Files.Open(path, FileUse.Write))
            {
                file.Sync();
            }

            _unsynced = null;
        }
    }

    private void SyncNames()
    {
        _options.Files.SyncDirectory(_options.Directory);
        _areNamesDurable = true;
    }

    /// <summary>Before the first write, creates the directory and deletes temporary files that a stopped writer left in it.</summary>
    private void Prepare()
    {
        if (_isPrepared)
        {
            return;
        }

        _options.Files.CreateDirectory(_options.Directory);
        foreach (string left in _options.Files.List(_options.Directory).Where(name => name.EndsWith(ContentName.TemporaryExtension, StringComparison.Ordinal)))
        {
            _options.Files.Delete(Path.Combine(_options.Directory, left));
        }

        _isPrepared = true;
    }

    /// <summary>Deletes the oldest files beyond the bound; never the newest file, however large it is.</summary>
    private void Shrink()
    {
        while (SizeBytes > _options.MaxBytes && _index.FileCount > 1)
        {
            var oldest = _index.Oldest;
            _options.Files.Delete(PathOf(oldest));
            lock (_gate)
            {
                _index.Remove(oldest);
            }
        }
    }

    private void Enter(in ContentName name)
    {
        string path = PathOf(name);
        try
        {
            using var file = _options.Files.Open(path, FileUse.Read);
            var scan = ContentScan.Of(file, name);
            _index.Add(name, file.LengthBytes, scan.Places);
            if (scan.Damage is { } damage)
            {
                _index.AddDamage(name, damage);
            }

            if (name.Ordinal == _index.LastOrdinal)
            {
                _volume = scan.End is { } end ? new ContentVolume(name, file.LengthBytes, end) : null;
                _unsynced = name.Kind == ContentFileKind.Volume ? path : null;
            }
        }
        catch (FileNotFoundException)
        {
            // The writing process deleted it after it was listed: treat it as not listed.
        }
    }

    private string PathOf(ContentName name) => Path.Combine(_options.Directory, name.ToString());
}
