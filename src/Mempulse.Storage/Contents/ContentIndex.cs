using Mempulse.Primitives;

namespace Mempulse.Storage.Contents;

/// <summary>Maps each content to the file that holds it.</summary>
/// <remarks>Not thread-safe: the store changes it under both of its locks and reads it under either.</remarks>
internal sealed class ContentIndex
{
    private readonly SortedDictionary<ulong, (ContentName Name, long SizeBytes, List<ContentPlace> Places)> _files = [];
    private readonly Dictionary<Hash256, (ContentName File, ContentPlace Place)> _byDigest = [];
    private readonly Dictionary<Hash256, List<(ContentName File, ContentPlace Place)>> _earlier = []; // copies that are not the newest, oldest first; few contents have any
    private readonly SortedDictionary<ulong, ContentDamagedException> _damaged = [];

    /// <summary>Number of files, including damaged ones.</summary>
    public int FileCount => _files.Count;

    /// <summary>Number of contents.</summary>
    public int Count => _byDigest.Count;

    /// <summary>Total size of all files in bytes.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>The highest ordinal of any file ever added; 0 if there was none.</summary>
    public ulong LastOrdinal { get; private set; }

    /// <summary>The oldest file; there must be at least one.</summary>
    public ContentName Oldest => _files.First().Value.Name;

    /// <summary>Adds a file with its contents; a content that several files hold is read from the one added last.</summary>
    public void Add(in ContentName name, long sizeBytes, IReadOnlyList<ContentPlace> places)
    {
        _files[name.Ordinal] = (name, sizeBytes, []);
        SizeBytes += sizeBytes;
        LastOrdinal = Math.Max(LastOrdinal, name.Ordinal);
        Extend(name, places);
    }

    /// <summary>Adds contents that were appended to a file.</summary>
    public void Extend(in ContentName name, IReadOnlyList<ContentPlace> places)
    {
        _files[name.Ordinal].Places.AddRange(places);
        foreach (var place in places)
        {
            if (_byDigest.TryGetValue(place.Digest, out var before))
            {
                if (!_earlier.TryGetValue(place.Digest, out var copies))
                {
                    _earlier.Add(place.Digest, copies = []);
                }

                copies.Add(before);
            }

            _byDigest[place.Digest] = (name, place);
        }
    }

    /// <summary>Records that a file may hold contents that are not known, because it is damaged.</summary>
    public void AddDamage(in ContentName name, ContentDamagedException damage) => _damaged[name.Ordinal] = damage;

    /// <summary>Returns where the newest copy of a content is; null if no file is known to hold it.</summary>
    public (ContentName File, ContentPlace Place)? Find(in Hash256 digest) => _byDigest.TryGetValue(digest, out var found) ? found : null;

    /// <summary>Returns where all copies of a content are, the newest first.</summary>
    public IReadOnlyList<(ContentName File, ContentPlace Place)> FindAll(in Hash256 digest) =>
        Find(digest) is not { } newest ? [] : _earlier.TryGetValue(digest, out var earlier) ? [newest, .. earlier.AsEnumerable().Reverse()] : [newest];

    /// <summary>Returns the damage of the oldest file that may hold contents that are not known; null if there is no such file.</summary>
    public ContentDamagedException? Damage() => _damaged.Count > 0 ? _damaged.First().Value : null;

    /// <summary>Removes a file; contents that a later file holds too are kept.</summary>
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

            if (_earlier.TryGetValue(place.Digest, out var copies))
            {
                Forget(name, place.Digest, copies);
            }
        }
    }

    private void Forget(ContentName name, in Hash256 digest, List<(ContentName File, ContentPlace Place)> copies)
    {
        copies.RemoveAll(copy => copy.File == name);
        if (copies.Count == 0)
        {
            _earlier.Remove(digest);
        }
    }
}
