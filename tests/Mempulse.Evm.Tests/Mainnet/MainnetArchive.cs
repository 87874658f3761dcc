using System.Text.Json;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>The files of a packed archive of mainnet, and which of them nobody has taken.</summary>
internal sealed class MainnetArchive
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public MainnetArchive(string archive)
    {
        foreach (var (name, content) in VectorArchive.Read("mainnet", archive))
        {
            _files.Add(name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..], content);
        }
    }

    /// <summary>Files that nobody has taken.</summary>
    public IReadOnlyCollection<string> Left => _files.Keys;

    public byte[] Take(string name) => _files.Remove(name, out byte[]? content) ? content : throw new FileNotFoundException(name);

    public JsonDocument TakeJson(string name) => JsonDocument.Parse(Take(name));

    /// <summary>Codes by the hash that is computed here, not by the one that the file states.</summary>
    public IReadOnlyDictionary<Hash256, ContractCode> TakeCodes()
    {
        using var document = TakeJson("codes.json");
        return document.RootElement.EnumerateObject()
            .Select(code => ContractCode.Of(HexJson.Bytes(code.Value.GetString()!)))
            .DistinctBy(code => code.Hash)
            .ToDictionary(code => code.Hash);
    }
}
