using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Ethereum.Validity;
using Mempulse.Primitives;

namespace Mempulse.EthereumVectors.Tests.Transactions;

/// <summary>ethereum/tests TransactionTests: bytes to hash, sender and intrinsic gas, or to an exception, under each fork.</summary>
public sealed class TransactionVectorTests
{
    private const string Archive = "ethereum/ethereum-tests-Basic-RLP-Transaction-Trie-ABI-Difficulty.tar.zst";

    private static readonly ISenderRecovery[] Recoveries = [SenderRecovery.CreateBest(), new BouncyCastleRecovery()];

    [Fact]
    public void Every_fork_gives_the_result_of_the_vector()
    {
        int tests = 0;
        int results = 0;
        var differences = new List<string>();
        foreach (var file in VectorFolder.Read(Archive, name => name.StartsWith("TransactionTests/", StringComparison.Ordinal)))
        {
            using var json = file.Parse();
            foreach (var test in json.RootElement.EnumerateObject())
            {
                tests++;
                byte[] raw = Convert.FromHexString((test.Value.GetProperty("txbytes").GetString() ?? string.Empty)[2..]);
                foreach (var expected in test.Value.GetProperty("result").EnumerateObject())
                {
                    results++;
                    string actual = Judge(raw, ForkOf(expected.Name));
                    if (!Agrees(actual, expected.Value))
                    {
                        differences.Add($"{file.Name} {expected.Name}: {actual}, but the vector says {expected.Value.GetRawText()}");
                    }
                }
            }
        }

        Assert.Empty(differences);
        Assert.Equal(210, tests);
        Assert.Equal(2665, results);
    }

    /// <summary>"hash sender gas", or "invalid: reason".</summary>
    private static string Judge(byte[] raw, Fork fork)
    {
        var rules = new TransactionRules { Chain = new ChainId(1), Malleability = SignatureMalleability.AnyS };
        string? verdict = null;
        foreach (var recovery in Recoveries)
        {
            var decoder = new TransactionDecoder(recovery, rules);
            string next = Judge(decoder, raw, fork);
            Assert.Equal(verdict ?? next, next);
            verdict = next;
        }

        return verdict ?? string.Empty;
    }

    private static string Judge(TransactionDecoder decoder, byte[] raw, Fork fork)
    {
        if (!decoder.TryDecode(raw, TxForm.Consensus, out var tx, out var failure))
        {
            return $"invalid: {failure}";
        }

        if (TransactionValidity.Check(tx, fork) is var invalidity && invalidity != TxInvalidity.None)
        {
            return $"invalid: {invalidity}";
        }

        return decoder.TryRecover(ref tx, out var sender, out failure)
            ? $"{tx.ComputeHash()} {sender} {IntrinsicGas.Of(tx, fork).Intrinsic}"
            : $"invalid: {failure}";
    }

    private static bool Agrees(string actual, JsonElement expected)
    {
        if (expected.TryGetProperty("exception", out _))
        {
            return actual.StartsWith("invalid: ", StringComparison.Ordinal);
        }

        Assert.True(UInt256.TryParse(expected.GetProperty("intrinsicGas").GetString(), out var gas));
        return actual == $"{expected.GetProperty("hash").GetString()} {expected.GetProperty("sender").GetString()} {gas}";
    }

    private static Fork ForkOf(string name) => name switch
    {
        "EIP150" => Fork.TangerineWhistle,
        "EIP158" => Fork.SpuriousDragon,
        "ConstantinopleFix" => Fork.Petersburg,
        _ => Enum.Parse<Fork>(name),
    };
}
