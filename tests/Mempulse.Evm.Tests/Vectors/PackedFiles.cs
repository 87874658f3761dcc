using System.Text.Json;
using Mempulse.Evm.State;
using Mempulse.Primitives;

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

    /// <summary>The codes of codes.json by the hash that is computed here, not by the one that the file states.</summary>
    public IReadOnlyDictionary<Hash256, ContractCode> TakeCodes()
    {
        using var document = TakeJson("codes.json");
        return document.RootElement.EnumerateObject()
            .Select(code => ContractCode.Of(HexJson.Bytes(code.Value.GetString()!)))
            .DistinctBy(code => code.Hash)
            .ToDictionary(code => code.Hash);
    }
}
