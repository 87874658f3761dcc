namespace Mempulse.Testing.SimulatedDisk;

/// <summary>The names of all files, both as processes see them and as they are on the device.</summary>
internal sealed class NameTable
{
    private readonly List<Change> _unsynced = [];
    private Dictionary<string, FileContent> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileContent> _durable = new(StringComparer.Ordinal);

    public IEnumerable<FileContent> Contents => _seen.Values.Concat(_durable.Values).Concat(_unsynced.Select(change => change.Content)).Distinct();

    public FileContent? Find(string path) => _seen.GetValueOrDefault(path);

    public IReadOnlyList<string> List(string directory) =>
        [.. _seen.Keys.Where(path => Path.GetDirectoryName(path) == directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Add(string path, FileContent content) => Do(new Change(Removed: null, Added: path, content));

    public void Remove(string path) => Do(new Change(path, Added: null, _seen[path]));

    public void Rename(string path, string newPath) => Do(new Change(path, newPath, _seen[path]));

    /// <summary>Makes the names in a directory durable.</summary>
    public void Sync(string directory)
    {
        foreach (var change in _unsynced.Where(change => change.Directory == directory))
        {
            change.ApplyTo(_durable);
        }

        _unsynced.RemoveAll(change => change.Directory == directory);
    }

    /// <summary>The power fails: of the unsynced changes the first few remain, or any subset.</summary>
    public void LosePower(SeededRandom random)
    {
        int prefix = random.Below(_unsynced.Count + 1);
        bool isSubset = random.Below(2) == 0;
        for (int index = 0; index < _unsynced.Count; index++)
        {
            if (isSubset ? random.Below(2) == 0 : index < prefix)
            {
                _unsynced[index].ApplyTo(_durable);
            }
        }

        _unsynced.Clear();
        _seen = new Dictionary<string, FileContent>(_durable, StringComparer.Ordinal);
    }

    private void Do(Change change)
    {
        change.ApplyTo(_seen);
        _unsynced.Add(change);
    }

    private sealed record Change(string? Removed, string? Added, FileContent Content)
    {
        public string? Directory => Path.GetDirectoryName(Added ?? Removed);

        public void ApplyTo(Dictionary<string, FileContent> names)
        {
            if (Removed is not null)
            {
                names.Remove(Removed);
            }

            if (Added is not null)
            {
                names[Added] = Content;
            }
        }
    }
}
