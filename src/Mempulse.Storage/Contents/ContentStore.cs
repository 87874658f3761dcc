using System.Diagnostics.CodeAnalysis;
using Mempulse.Canon.Files;
using Mempulse.Primitives;

namespace Mempulse.Storage.Contents;

/// <summary>Keeps byte strings under their Keccak-256: witnesses and traces of simulations. Files: docs/formats/content.md.</summary>
/// <remarks>
/// Safe for any thread; one process writes at a time, which the lock of the log beside it sees to, and any number may read. What is put
/// together is one file, there whole or not at all whenever the machine stops. Every read is held against the digest, and waits for no
/// writer. Bounded: the oldest files go first.
/// </remarks>
public sealed class ContentStore
{
    /// <summary>Most contents that are put together.</summary>
    public const int MaxBatch = ContentBatchFile.MaxContents;

    /// <summary>One write is under way at a time, so one name is enough, and what a failed one left is taken back by the next.</summary>
    private const string TemporaryName = "batch" + ContentName.BatchExtension + ContentName.TemporaryExtension;

    private readonly ContentStoreOptions _options;
    private readonly Lock _writing = new(); // taken before the other one
    private readonly Lock _gate = new();
    private readonly ContentIndex _index = new();
    private ulong _lastOrdinal;
    private bool _isPrepared;
    private bool _areNamesDurable;

    private ContentStore(ContentStoreOptions options) => _options = options;

    /// <summary>Bytes of all files.</summary>
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

    /// <summary>Contents kept.</summary>
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

    /// <summary>Opens a store; changes nothing on the disk.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    public static ContentStore Open(ContentStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
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

    /// <summary>Keeps one content, as <see cref="PutAll"/> does.</summary>
    /// <returns>Its digest.</returns>
    /// <exception cref="ArgumentException">It is over <see cref="ContentStoreOptions.MaxContentBytes"/>.</exception>
    /// <exception cref="IOException">The disk is full or failed; the store is as it was.</exception>
    public Hash256 Put(ContentKind kind, ReadOnlySpan<byte> content)
    {
        var prepared = PreparedContent.Of(kind, content);
        PutAll([prepared]);
        return prepared.Digest;
    }

    /// <summary>Keeps contents in one file; all are durable when this returns. Those that are there whole already stay where they are.</summary>
    /// <param name="contents">At most <see cref="MaxBatch"/>.</param>
    /// <returns>The digests of those that were there already.</returns>
    /// <exception cref="IOException">The disk is full or failed; the store is as it was.</exception>
    public IReadOnlySet<Hash256> PutAll(IReadOnlyList<PreparedContent> contents)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contents.Count, MaxBatch, nameof(contents));
        lock (_writing)
        {
            var old = contents.Select(content => content.Digest).Where(IsWhole).ToHashSet();
            PreparedContent[] missing = [.. contents.Where(content => !old.Contains(content.Digest)).DistinctBy(content => content.Digest)];
            if (missing.Length > 0)
            {
                Write(missing);
            }
            else if (!_areNamesDurable)
            {
                SyncNames(); // a process before this one may have ended between a name and its sync
            }

            return old;
        }
    }

    /// <summary>Reads a content.</summary>
    /// <returns>False when it is not there, or not any more.</returns>
    /// <exception cref="ContentDamagedException">Its file is not what was put, or there is a file of which nobody can tell what it held.</exception>
    public bool TryRead(in Hash256 digest, [NotNullWhen(true)] out byte[]? content)
    {
        content = null;
        if (Find(digest) is { } found)
        {
            content = Read(found.File, found.Place);
        }
        else if (Damage() is { } damage)
        {
            throw new ContentDamagedException(damage.Message, damage);
        }

        return content is not null;
    }

    private (ContentName File, ContentPlace Place)? Find(in Hash256 digest)
    {
        lock (_gate)
        {
            return _index.Find(digest);
        }
    }

    private ContentDamagedException? Damage()
    {
        lock (_gate)
        {
            return _index.Damage();
        }
    }

    private bool IsWhole(Hash256 digest)
    {
        try
        {
            return Find(digest) is { } found && Read(found.File, found.Place) is not null;
        }
        catch (ContentDamagedException)
        {
            return false; // so it is written anew
        }
    }

    /// <summary>Null when it was let go meanwhile.</summary>
    private byte[]? Read(ContentName name, in ContentPlace place)
    {
        string path = PathOf(name);
        try
        {
            using var file = _options.Files.Open(path, FileUse.Read);
            if (name.IsBatch)
            {
                return ContentBatchFile.Read(file, place);
            }

            byte[] bytes = new byte[checked((int)file.LengthBytes)];
            int read = file.Read(bytes, 0);
            return ContentFile.Decode(path, bytes.AsSpan(0, read), name.Digest);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Temporary name, sync, rename, sync of the directory: whole or not at all.</summary>
    private void Write(PreparedContent[] contents)
    {
        Prepare();
        var (bytes, header) = ContentBatchFile.Encode(contents);
        var name = new ContentName(++_lastOrdinal, header, IsBatch: true);
        string temporary = Path.Combine(_options.Directory, TemporaryName);
        _options.Files.Delete(temporary);
        IReadOnlyList<ContentPlace> places;
        using (var target = _options.Files.Create(temporary))
        {
            target.Write(bytes, 0);
            target.Sync();
            places = ContentBatchFile.ReadHeader(target, header);
        }

        _options.Files.Rename(temporary, PathOf(name));
        SyncNames();

        // Only now: what the index has is durable.
        lock (_gate)
        {
            _index.Add(name, bytes.Length, places);
        }

        Shrink();
    }

    private void SyncNames()
    {
        _options.Files.SyncDirectory(_options.Directory);
        _areNamesDurable = true;
    }

    /// <summary>Before the first write: the directory, without what a stopped writer left in it.</summary>
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

    /// <summary>Lets the oldest go; never the newest, however large it is.</summary>
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
        long sizeBytes = 0;
        try
        {
            using var file = _options.Files.Open(path, FileUse.Read);
            sizeBytes = file.LengthBytes;
            _index.Add(name, sizeBytes, name.IsBatch ? ContentBatchFile.ReadHeader(file, name.Digest) : [ContentPlace.WholeFile(name.Digest)]);
        }
        catch (ContentDamagedException damage)
        {
            _index.AddDamaged(name, sizeBytes, damage);
        }
        catch (FileNotFoundException)
        {
            // Listed and let go by the process that writes: as if it had gone a moment before.
        }
    }

    private string PathOf(ContentName name) => Path.Combine(_options.Directory, name.ToString());
}
