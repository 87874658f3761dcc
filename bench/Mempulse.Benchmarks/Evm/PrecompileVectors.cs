using System.Formats.Tar;
using System.Text.Json;
using Mempulse.Benchmarks.Ethereum;
using ZstdSharp;

namespace Mempulse.Benchmarks.Evm;

/// <summary>Inputs of go-ethereum's vectors that a precompile accepts.</summary>
internal static class PrecompileVectors
{
    private const string Archive = "tests/vectors/evm/geth/geth-tracetest-precompiles-opcodes.tar.zst";
    private const string Folder = "core/vm/testdata/precompiles/";
    private const int LongestName = 36;

    /// <summary>Vector files with their precompile, without the files of refused inputs.</summary>
    private static readonly Dictionary<string, (int Number, string Name)> Files = new(StringComparer.Ordinal)
    {
        ["ecRecover"] = (1, "ECRECOVER"), ["modexp"] = (5, "MODEXP"), ["modexp_eip2565"] = (5, "MODEXP"), ["modexp_eip7883"] = (5, "MODEXP"),
        ["bn256Add"] = (6, "BN254_ADD"), ["bn256ScalarMul"] = (7, "BN254_MUL"), ["bn256Pairing"] = (8, "BN254_PAIRING"), ["blake2F"] = (9, "BLAKE2F"),
        ["pointEvaluation"] = (10, "POINT_EVALUATION"), ["blsG1Add"] = (11, "BLS12_G1ADD"), ["blsG1Mul"] = (12, "BLS12_G1MSM"), ["blsG1MultiExp"] = (12, "BLS12_G1MSM"),
        ["blsG2Add"] = (13, "BLS12_G2ADD"), ["blsG2Mul"] = (14, "BLS12_G2MSM"), ["blsG2MultiExp"] = (14, "BLS12_G2MSM"), ["blsPairing"] = (15, "BLS12_PAIRING"),
        ["blsMapG1"] = (16, "BLS12_MAP_G1"), ["blsMapG2"] = (17, "BLS12_MAP_G2"), ["p256Verify"] = (0x100, "P256VERIFY"),
    };

    /// <summary>All of them, each once.</summary>
    public static IEnumerable<PrecompileCase> Load()
    {
        using var tar = new TarReader(new DecompressionStream(File.OpenRead(RealTransactions.Find(Archive)), leaveOpen: false));
        while (tar.GetNextEntry() is { } entry)
        {
            if (!entry.Name.Contains(Folder, StringComparison.Ordinal) || entry.DataStream is null || !Files.TryGetValue(Path.GetFileNameWithoutExtension(entry.Name), out var precompile))
            {
                continue;
            }

            using var document = JsonDocument.Parse(entry.DataStream);
            foreach (var vector in document.RootElement.EnumerateArray())
            {
                string name = vector.GetProperty("Name").GetString()!;
                name = name[(name.IndexOf('#', StringComparison.Ordinal) + 1)..];
                yield return new PrecompileCase(precompile.Number, precompile.Name, name[..Math.Min(name.Length, LongestName)], Convert.FromHexString(vector.GetProperty("Input").GetString()!));
            }
        }
    }
}
