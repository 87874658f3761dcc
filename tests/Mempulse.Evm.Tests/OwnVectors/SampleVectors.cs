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
        [OneStateTest(), .. Traces().SelectMany(InTwoPlaces), Precompile(), VmTest(), File("blockchain_tests/transition.json", BlockchainTest()), .. OneBlock(), .. OneWitnessBlock()];

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

    /// <summary>Stores 3 in slot 0, at Frontier's prices.</summary>
    private static KeyValuePair<string, byte[]> VmTest()
    {
        const string Account = "0x000000000000000000000000000000000000c0de", Caller = "0x000000000000000000000000000000000000ca11";
        const string Code = "0x6001600201600055";
        const int Gas = 100_000, Left = Gas - (4 * 3) - 20_000;
        JsonObject Contract(JsonObject storage) => new() { ["balance"] = "0x0", ["nonce"] = "0x0", ["code"] = Code, ["storage"] = storage };
        return File("vm_tests/store.json", new JsonObject
        {
            ["store"] = new JsonObject
            {
                ["env"] = new JsonObject { ["currentCoinbase"] = Caller, ["currentDifficulty"] = "0x1", ["currentGasLimit"] = "0xf4240", ["currentNumber"] = "0x0", ["currentTimestamp"] = "0x1" },
                ["exec"] = new JsonObject { ["address"] = Account, ["caller"] = Caller, ["origin"] = Caller, ["data"] = "0x", ["gas"] = Hex.Quantity((ulong)Gas), ["gasPrice"] = "0x1", ["value"] = "0x1" },
                ["pre"] = new JsonObject { [Account] = Contract([]) },
                ["gas"] = Hex.Quantity((ulong)Left),
                ["out"] = "0x",
                ["logs"] = PostState.LogsHash([]).ToString(),
                ["post"] = new JsonObject { [Account] = Contract(new JsonObject { ["0x0"] = "0x3" }) },
            },
        });
    }

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

    /// <summary>The first block with a witness.</summary>
    private static IEnumerable<KeyValuePair<string, byte[]>> OneWitnessBlock()
    {
        const string Folder = "witness/";
        var files = VectorArchive.Read("mainnet", "blocks-with-witness.tar.zst")
            .ToDictionary(file => file.Key[(file.Key.IndexOf('/', StringComparison.Ordinal) + 1)..], file => file.Value);
        var entry = JsonSerializer.Deserialize<JsonArray>(files["index.json"])![0]!;
        string block = entry["number"]!.ToJsonString() + "/";
        return files.Where(file => file.Key.StartsWith(block, StringComparison.Ordinal) || file.Key == "codes.json")
            .Select(file => KeyValuePair.Create(Folder + file.Key, file.Value))
            .Append(File(Folder + "index.json", new JsonArray(entry.DeepClone())));
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
