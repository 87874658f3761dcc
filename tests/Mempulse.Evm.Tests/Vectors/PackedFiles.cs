using System.Text.Json;

namespace Mempulse.Evm.Tests.Vectors;

/// <summary>Files by their names, and which of them nobody has taken.</summary>
internal class PackedFiles
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public PackedFiles(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        foreach (var (name, content) in files)
        {
            _files.Add(name, content);
        }
    }

    /// <summary>Files that nobody has taken.</summary>
    public IReadOnlyCollection<string> Left => _files.Keys;

    public byte[] Take(string name) => _files.Remove(name, out byte[]? content) ? content : throw new FileNotFoundException(name);

    public JsonDocument TakeJson(string name) => JsonDocument.Parse(Take(name));
}
