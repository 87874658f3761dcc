using System.Text.Json;
using Mempulse.Primitives;
using ZstdSharp;

namespace Mempulse.Testing.Contracts;

/// <summary>The code of real contracts, from tests/vectors.</summary>
public sealed class DeployedCode
{
    private readonly Dictionary<string, (Address Address, byte[] Code)> _contracts = new(StringComparer.Ordinal);

    private DeployedCode(JsonElement contracts)
    {
        foreach (var contract in contracts.EnumerateObject())
        {
            var address = Address.Parse(contract.Value.GetProperty("address").GetString()!);
            _contracts.Add(contract.Name, (address, Convert.FromHexString(contract.Value.GetProperty("code").GetString()!.AsSpan(2))));
        }
    }

    /// <summary>Reads a file of contracts by name.</summary>
    public static DeployedCode Read(string file)
    {
        using var decompressor = new Decompressor();
        using var document = JsonDocument.Parse(decompressor.Unwrap(File.ReadAllBytes(Find(file))).ToArray());
        return new DeployedCode(document.RootElement);
    }

    /// <summary>The address of a contract.</summary>
    public Address AddressOf(string name) => _contracts[name].Address;

    /// <summary>The code of a contract.</summary>
    public byte[] CodeOf(string name) => _contracts[name].Code;

    /// <summary>Puts a contract into a scene at its own address.</summary>
    public Address Put(ContractScene scene, string name)
    {
        scene.Put(_contracts[name].Address, _contracts[name].Code);
        return _contracts[name].Address;
    }

    private static string Find(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (string path in new[] { Path.Combine(folder.FullName, "vectors", "mev", file), Path.Combine(folder.FullName, "tests", "vectors", "mev", file) })
            {
                if (File.Exists(path))
                {
                    return path;
                }
            }
        }

        throw new FileNotFoundException($"Cannot find {file} in vectors/mev of any folder above {AppContext.BaseDirectory}.");
    }
}
