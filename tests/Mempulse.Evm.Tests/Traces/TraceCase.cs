using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Chains;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Traces;

/// <summary>One of go-ethereum's traced transactions: block context, prestate and raw transaction.</summary>
internal sealed class TraceCase(string path, JsonElement root) : IStateReader
{
    private readonly SortedDictionary<Address, JsonElement> _accounts = new(
        root.GetProperty("genesis").GetProperty("alloc").EnumerateObject().ToDictionary(account => Address.Parse(account.Name), account => account.Value));

    public string Folder { get; } = Path.GetFileName(Path.GetDirectoryName(path)!);

    public string Name { get; } = Path.GetFileNameWithoutExtension(path);

    public byte[] Raw { get; } = root.Bytes("input");

    public JsonElement Expected { get; } = root.GetProperty("result");

    /// <summary>Returns true if the case enables a tracer option.</summary>
    public bool Asks(string option) =>
        root.TryGetProperty("tracerConfig", out var config) && config.TryGetProperty(option, out var value) && value.GetBoolean();

    public BlockEnv Block()
    {
        var context = root.GetProperty("context");
        var genesis = root.GetProperty("genesis");
        var config = new GenesisConfig(genesis.GetProperty("config"));
        var rules = config.At(context.Number64("number"), context.Number64("timestamp"), difficultyBefore: default);
        return new BlockEnv
        {
            Rules = rules,
            ChainId = config.ChainId,
            Number = context.Number64("number"),
            Timestamp = context.Number64("timestamp"),
            Coinbase = context.Account("miner"),
            GasLimit = context.Number64("gasLimit"),
            BaseFee = rules.HasBaseFee ? context.Number("baseFeePerGas") : default,
            Difficulty = context.Number("difficulty"),
            ExcessBlobGas = rules.Has(Fork.Cancun) ? genesis.Number64("excessBlobGas") : 0,
        };
    }

    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        account = default;
        if (!_accounts.TryGetValue(address, out var json))
        {
            return ReadOutcome.Absent;
        }

        account = new AccountRecord(json.Number("balance"), Nonce(json), Code(json).Hash, HasStorage(json));
        return ReadOutcome.Found;
    }

    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = default;
        if (_accounts[address].TryGetProperty("storage", out var storage))
        {
            foreach (var entry in storage.EnumerateObject())
            {
                value = HexJson.Number(entry.Name) == slot ? HexJson.Number(entry.Value.GetString()!) : value;
            }
        }

        return ReadOutcome.Found;
    }

    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
    {
        code = Code(_accounts[address]);
        return ReadOutcome.Found;
    }

    /// <summary>The traced transactions do not come with a chain: every block hash is zero.</summary>
    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash)
    {
        hash = default;
        return ReadOutcome.Found;
    }

    private static ContractCode Code(JsonElement json) =>
        json.TryGetProperty("code", out var code) ? ContractCode.Of(HexJson.Bytes(code.GetString()!)) : ContractCode.Empty;

    private static bool HasStorage(JsonElement json) =>
        json.TryGetProperty("storage", out var slots) && slots.EnumerateObject().Any(slot => !HexJson.Number(slot.Value.GetString()!).IsZero);

    private static ulong Nonce(JsonElement json)
    {
        if (!json.TryGetProperty("nonce", out var nonce))
        {
            return 0;
        }

        return nonce.ValueKind == JsonValueKind.Number ? nonce.GetUInt64() : json.Number64("nonce");
    }
}
