using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Evm.Tests.Chains;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Evm.TraceJson;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>A sample of each vector format, taken from the archives under tests/vectors.</summary>
internal static class SampleVectors
{
    /// <summary>Returns files of every format. Each trace appears twice, the second time in a folder whose name does not identify the tracer.</summary>
    public static IEnumerable<KeyValuePair<string, byte[]>> All() =>
        [OneStateTest(), .. Traces().SelectMany(InTwoPlaces), Precompile(), File("blockchain_tests/transition.json", BlockchainTest()), .. OneBlock()];

    /// <summary>Four blocks of go-ethereum's recorded chain across a fork; the second is invalid.</summary>
    public static JsonObject BlockchainTest()
    {
        const int Start = 48;
        var chain = new RecordedChain();
        var genesis = chain.Blocks[Start];
        var blocks = chain.Blocks.Skip(Start + 1).Take(3).Select(executed => executed.Block).ToList();
        var last = chain.Blocks[Start + 3].After;
        string from = blocks[1].Header.TimestampSeconds.ToString(CultureInfo.InvariantCulture);
        var wrong = blocks[1].Header with { StateRoot = blocks[0].Header.StateRoot };
        return new JsonObject
        {
            ["transition"] = new JsonObject
            {
                ["network"] = $"OsakaToBPO1AtTime{from}",
                ["config"] = new JsonObject { ["chainid"] = Hex.Quantity(chain.Rules.ChainId) },
                ["genesisRLP"] = Hex.Data(RawBlock.Encode(genesis.Block.Header, genesis.Block.Body)),
                ["genesisBlockHeader"] = new JsonObject { ["hash"] = genesis.After.Hash.ToString() },
                ["pre"] = Accounts(genesis.After.State),
                ["blocks"] = new JsonArray(
                    Entry(RawBlock.Encode(blocks[0].Header, blocks[0].Body), expected: null),
                    Entry(RawBlock.Encode(wrong, blocks[1].Body), expected: "InvalidStateRoot"),
                    Entry(RawBlock.Encode(blocks[1].Header, blocks[1].Body), expected: null),
                    Entry(RawBlock.Encode(blocks[2].Header, blocks[2].Body), expected: null)),
                ["lastblockhash"] = last.Hash.ToString(),
                ["postState"] = Accounts(last.State),
            },
        };
    }

    /// <summary>Returns a file with the given content.</summary>
    public static KeyValuePair<string, byte[]> File(string name, JsonNode content) => new(name, Encoding.UTF8.GetBytes(content.ToJsonString()));

    private static KeyValuePair<string, byte[]> OneStateTest() =>
        VectorArchive.Read("eest-v5.4.0-state_tests.tar.zst").First(file => file.Key.EndsWith(".json", StringComparison.Ordinal));

    private static IEnumerable<KeyValuePair<string, byte[]>> Traces() => VectorArchive.Read("geth/geth-tracetest-precompiles-opcodes.tar.zst")
        .Where(file => file.Key.Contains("tracetest/testdata/", StringComparison.Ordinal) && file.Key.EndsWith(".json", StringComparison.Ordinal) && !file.Key.Contains("_legacy/", StringComparison.Ordinal))
        .DistinctBy(file => Path.GetDirectoryName(file.Key));

    private static IEnumerable<KeyValuePair<string, byte[]>> InTwoPlaces(KeyValuePair<string, byte[]> trace) =>
        [trace, new($"elsewhere/{Path.GetFileName(Path.GetDirectoryName(trace.Key))}.json", trace.Value)];

    private static KeyValuePair<string, byte[]> Precompile() => VectorArchive.Read("geth/geth-tracetest-precompiles-opcodes.tar.zst")
        .First(file => file.Key.EndsWith("precompiles/ecRecover.json", StringComparison.Ordinal));

    /// <summary>The first mainnet block with a transaction, a plain transfer that needs no code.</summary>
    private static IEnumerable<KeyValuePair<string, byte[]>> OneBlock()
    {
        const string Number = "46147";
        const string Folder = "mainnet/";
        var files = VectorArchive.Read("mainnet", "blocks-with-prestate.tar.zst")
            .Where(file => file.Key.Contains($"/{Number}", StringComparison.Ordinal) || file.Key.EndsWith("/index.json", StringComparison.Ordinal))
            .ToDictionary(file => file.Key[(file.Key.IndexOf('/', StringComparison.Ordinal) + 1)..], file => file.Value);
        files.Remove("index.json", out byte[]? index);
        var entry = JsonSerializer.Deserialize<JsonArray>(index)!.Single(listed => listed!["number"]!.ToJsonString() == Number)!;
        return files.Select(file => KeyValuePair.Create(Folder + file.Key, file.Value)).Concat(
        [
            File(Folder + "index.json", new JsonArray(entry.DeepClone())),
            File(Folder + "codes.json", new JsonObject()),
            File(Folder + "block_hashes.json", new JsonObject()),
        ]);
    }

    private static JsonObject Entry(byte[] rlp, string? expected)
    {
        var entry = new JsonObject { ["rlp"] = Hex.Data(rlp) };
        entry[expected is null ? "blockHeader" : "expectException"] = expected is null ? new JsonObject() : expected;
        return entry;
    }

    private static JsonObject Accounts(PreState state) => new(state.Accounts.Select(account => KeyValuePair.Create(account.Key.ToString(), (JsonNode?)new JsonObject
    {
        ["balance"] = Hex.Quantity(account.Value.Balance),
        ["nonce"] = Hex.Quantity(account.Value.Nonce),
        ["code"] = Hex.Data(account.Value.Code.Bytes),
        ["storage"] = new JsonObject(account.Value.Storage.Select(slot => KeyValuePair.Create(Hex.Quantity(slot.Key), (JsonNode?)Hex.Quantity(slot.Value)))),
    })));
}
