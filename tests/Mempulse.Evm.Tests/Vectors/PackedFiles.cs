using System.Text.Json;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Vectors;

/// <summary>A set of named files from which tests take what they use, to detect unused files.</summary>
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

    /// <summary>Names of the files that have not been taken.</summary>
    public IReadOnlyCollection<string> Remaining => _files.Keys;

    public byte[] Take(string name) => _files.Remove(name, out byte[]? content) ? content : throw new FileNotFoundException(name);

    public JsonDocument TakeJson(string name) => JsonDocument.Parse(Take(name));

    /// <summary>Takes codes.json and indexes its code by the computed hash, not by the stated one.</summary>
    public IReadOnlyDictionary<Hash256, ContractCode> TakeCodes()
    {
        using var document = TakeJson("codes.json");
        return document.RootElement.EnumerateObject()
            .Select(code => ContractCode.Of(HexJson.Bytes(code.Value.GetString()!)))
            .DistinctBy(code => code.Hash)
            .ToDictionary(code => code.Hash);
    }
}
