using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>The files of a packed archive of mainnet, without the folder that holds them all.</summary>
internal sealed class MainnetArchive(string archive) : PackedFiles(VectorArchive.Read("mainnet", archive)
    .Select(file => KeyValuePair.Create(file.Key[(file.Key.IndexOf('/', StringComparison.Ordinal) + 1)..], file.Value)))
{
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
