using System.Diagnostics.CodeAnalysis;
using Mempulse.Canon.Files;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Storage.Contents;

/// <summary>Keeps byte strings under their Keccak-256: witnesses and traces of simulations. Files: docs/formats/content.md.</summary>
/// <remarks>
/// Safe for any thread; one process writes at a time, which the lock of the log beside it sees to, and any number may read. A content is
/// there whole or not at all, whenever the machine stops. Every read is held against the digest. Bounded: the oldest contents go first.
/// </remarks>
public sealed class ContentStore
{
    private readonly ContentStoreOptions _options;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, (ContentName Name, long SizeBytes)> _byOrdinal = [];
    private readonly Dictionary<Hash256, ContentName> _byDigest = [];
    private ulong _lastOrdinal;
    private bool _hasNewNames = true; // a process before this one may have ended between a name and its sync
    private long _sizeBytes;
    private bool _isPrepared;

    private ContentStore(ContentStoreOptions options) => _options = options;

    /// <summary>Bytes of all files.</summary>
    public long SizeBytes
    {
        get
        {
            lock (_gate)
            {
                return _sizeBytes;
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
                return _byDigest.Count;
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
                using var content = options.Files.Open(store.PathOf(name), FileUse.Read);
                store.Enter(name, content.LengthBytes);
            }
        }

        return store;
    }

    /// <summary>Keeps a content; it is durable when this returns. One that is there already stays as it is, unless its file is damaged: then it is written anew.</summary>
    /// <returns>Its digest.</returns>
    /// <exception cref="ArgumentException">It is over <see cref="ContentStoreOptions.MaxContentBytes"/>.</exception>
    /// <exception cref="IOException">The disk is full or failed; the store is as it was.</exception>
    public Hash256 Put(ContentKind kind, ReadOnlySpan<byte> content)
    {
        var file = Encode(kind, content);
        Write([file]);
        return file.Digest;
    }

    /// <summary>Keeps several contents with one sync of the directory for all. Each is there whole or not at all, as with <see cref="Put"/>.</summary>
    /// <exception cref="ArgumentException">One is over <see cref="ContentStoreOptions.MaxContentBytes"/>.</exception>
    /// <exception cref="IOException">The disk is full or failed; some of them may be kept.</exception>
    public void PutAll(IReadOnlyList<(ContentKind Kind, ReadOnlyMemory<byte> Content)> contents) =>
        Write([.. contents.Select(content => Encode(content.Kind, content.Content.Span))]);

    /// <summary>Reads a content.</summary>
    /// <returns>False when it is not there, or not any more.</returns>
    /// <exception cref="ContentDamagedException">Its file is not what was put.</exception>
    public bool TryRead(in Hash256 digest, [NotNullWhen(true)] out byte[]? content)
    {
        lock (_gate)
        {
            content = _byDigest.TryGetValue(digest, out var name) ? Read(name) : null;
            return content is not null;
        }
    }

    private bool IsWhole(in Hash256 digest)
    {
        if (!_byDigest.TryGetValue(digest, out var name))
        {
            return false;
        }

        try
        {
            return Read(name) is not null;
        }
        catch (ContentDamagedException)
        {
            Remove(name);
            return false;
        }
    }

    /// <summary>Null when another process has let it go meanwhile.</summary>
    private byte[]? Read(ContentName name)
    {
        string path = PathOf(name);
        try
        {
            using var file = _options.Files.Open(path, FileUse.Read);
            byte[] bytes = new byte[checked((int)file.LengthBytes)];
            int read = file.Read(bytes, 0);
            return ContentFile.Decode(path, bytes.AsSpan(0, read), name.Digest);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static (Hash256 Digest, byte[] Bytes) Encode(ContentKind kind, ReadOnlySpan<byte> content)
    {
        if (content.Length > ContentStoreOptions.MaxContentBytes)
        {
            throw new ArgumentException($"A content of {content.Length} bytes is over the limit of {ContentStoreOptions.MaxContentBytes}.", nameof(content));
        }

        var digest = Keccak256.Hash(content);
        return (digest, ContentFile.Encode(kind, digest, content));
    }

    /// <summary>Temporary name, sync, rename, and one sync of the directory for all: whole or not at all.</summary>
    private void Write(IReadOnlyList<(Hash256 Digest, byte[] Bytes)> files)
    {
        lock (_gate)
        {
            foreach (var (digest, bytes) in files)
            {
                if (!IsWhole(digest))
                {
                    Write(digest, bytes);
                }
            }

            // Also for names that a failed write before this one left: what is there counts as kept the next time.
            if (_hasNewNames)
            {
                _options.Files.SyncDirectory(_options.Directory);
                _hasNewNames = false;
                Shrink();
            }
        }
    }

    private void Write(in Hash256 digest, byte[] file)
    {
        Prepare();
        var name = new ContentName(_lastOrdinal + 1, digest);
        string path = PathOf(name);
        string temporary = path + ContentName.TemporaryExtension;
        _options.Files.Delete(temporary);
        using (var target = _options.Files.Create(temporary))
        {
            target.Write(file, 0);
            target.Sync();
        }

        _hasNewNames = true;
        _options.Files.Rename(temporary, path);
        Enter(name, file.Length);
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
        while (_sizeBytes > _options.MaxBytes && _byOrdinal.Count > 1)
        {
            Remove(_byOrdinal.First().Value.Name);
        }
    }

    private void Remove(ContentName name)
    {
        _options.Files.Delete(PathOf(name));
        _sizeBytes -= _byOrdinal[name.Ordinal].SizeBytes;
        _byOrdinal.Remove(name.Ordinal);
        _byDigest.Remove(name.Digest);
    }

    private void Enter(ContentName name, long sizeBytes)
    {
        _byOrdinal[name.Ordinal] = (name, sizeBytes);
        _byDigest[name.Digest] = name;
        _lastOrdinal = Math.Max(_lastOrdinal, name.Ordinal);
        _sizeBytes += sizeBytes;
    }

    private string PathOf(ContentName name) => Path.Combine(_options.Directory, name.ToString());
}
