using Mempulse.Primitives;

namespace Mempulse.Storage.Contents;

/// <summary>Which file has which content. Confined to whoever holds the store's lock.</summary>
internal sealed class ContentIndex
{
    private readonly SortedDictionary<ulong, (ContentName Name, long SizeBytes, IReadOnlyList<ContentPlace> Places)> _files = [];
    private readonly Dictionary<Hash256, (ContentName File, ContentPlace Place)> _byDigest = [];
    private readonly SortedDictionary<ulong, ContentDamagedException> _damaged = [];

    /// <summary>Files, damaged ones too.</summary>
    public int FileCount => _files.Count;

    /// <summary>Contents.</summary>
    public int Count => _byDigest.Count;

    /// <summary>Bytes of all files.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>Of the newest file there ever was.</summary>
    public ulong LastOrdinal { get; private set; }

    /// <summary>The file that came first; there is one.</summary>
    public ContentName Oldest => _files.First().Value.Name;

    /// <summary>Enters a file with what it holds; of two files that hold the same, the newer is read.</summary>
    public void Add(in ContentName name, long sizeBytes, IReadOnlyList<ContentPlace> places)
    {
        _files[name.Ordinal] = (name, sizeBytes, places);
        SizeBytes += sizeBytes;
        LastOrdinal = Math.Max(LastOrdinal, name.Ordinal);
        foreach (var place in places)
        {
            _byDigest[place.Digest] = (name, place);
        }
    }

    /// <summary>Enters a file of which nobody can tell what it holds.</summary>
    public void AddDamaged(in ContentName name, long sizeBytes, ContentDamagedException damage)
    {
        Add(name, sizeBytes, []);
        _damaged[name.Ordinal] = damage;
    }

    /// <summary>Where a content is; null when it is not here.</summary>
    public (ContentName File, ContentPlace Place)? Find(in Hash256 digest) => _byDigest.TryGetValue(digest, out var found) ? found : null;

    /// <summary>What is wrong with a file whose contents nobody can name; null while there is none.</summary>
    public ContentDamagedException? Damage() => _damaged.Count > 0 ? _damaged.First().Value : null;

    /// <summary>Takes a file out; contents that a newer one has too stay.</summary>
    public void Remove(in ContentName name)
    {
        var (_, sizeBytes, places) = _files[name.Ordinal];
        _files.Remove(name.Ordinal);
        _damaged.Remove(name.Ordinal);
        SizeBytes -= sizeBytes;
        foreach (var place in places)
        {
            if (_byDigest.TryGetValue(place.Digest, out var held) && held.File == name)
            {
                _byDigest.Remove(place.Digest);
            }
        }
    }
}
