using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Primitives;
using Mempulse.Testing.Nodes;

namespace Mempulse.ChainState.Tests.Lies;

/// <summary>A chain of headers whose last one commits to a <see cref="MadeState"/>, and the answers of an honest node about it.</summary>
internal sealed class MadeWorld
{
    /// <summary>Blocks in a world; the height of the last is one less.</summary>
    public const int Blocks = 300;

    private readonly BlockHeader[] _headers = new BlockHeader[Blocks];
    private readonly Dictionary<Hash256, BlockHeader> _byHash = [];

    /// <summary>A world; the branch makes its hashes unique.</summary>
    public MadeWorld(MadeState state, byte branch)
    {
        State = state;
        Hash256 parent = default;
        for (int number = 0; number < Blocks; number++)
        {
            _headers[number] = Header((ulong)number, parent, branch, number == Blocks - 1 ? state.Root : Keccak256.OfEmptyString);
            parent = _headers[number].ComputeHash();
            _byHash.Add(parent, _headers[number]);
        }
    }

    public MadeState State { get; }

    /// <summary>The block whose state it is.</summary>
    public BlockHeader Head => _headers[^1];

    public Hash256 HeadHash => Head.ComputeHash();

    public BlockHeader At(int number) => _headers[number];

    /// <summary>The result of a call, as JSON.</summary>
    public string Answer(string method, JsonElement parameters) => method switch
    {
        "eth_getBlockByHash" => _byHash.TryGetValue(Hash256.Parse(Text(parameters, 0)), out var header) ? Json(header).ToJsonString() : "null",
        "eth_getBlockByNumber" => ByTag(Text(parameters, 0)),
        "eth_createAccessList" or "debug_traceCall" => ScriptedNode.Unsupported,
        _ when !NamesHead(parameters) => "null",
        "eth_getProof" => State.Proof(Account(parameters), Slots(parameters)).ToJsonString(),
        "eth_getCode" => Quote(Hex(State.CodeOf(Account(parameters)))),
        "eth_getBalance" => Quote(RpcParameters.Word(State.BalanceOf(Account(parameters)))),
        "eth_getTransactionCount" => Quote(RpcHex.Quantity(State.NonceOf(Account(parameters)))),
        "eth_getStorageAt" => Quote(RpcParameters.Word(State.ValueOf(Account(parameters), Hash256Of(Text(parameters, 1))))),
        _ => ScriptedNode.Unsupported,
    };

    /// <summary>The account that a call is about.</summary>
    public static Address Account(JsonElement parameters) => Address.Parse(Text(parameters, 0));

    /// <summary>The slots that an eth_getProof asks for.</summary>
    public static IReadOnlyList<UInt256> Slots(JsonElement parameters) => [.. parameters[1].EnumerateArray().Select(slot => Hash256Of(slot.GetString()!))];

    /// <summary>A header as a node writes it, under its own hash.</summary>
    public static JsonObject Json(BlockHeader header) => new()
    {
        ["hash"] = header.ComputeHash().ToString(),
        ["parentHash"] = header.ParentHash.ToString(),
        ["sha3Uncles"] = header.OmmersHash.ToString(),
        ["miner"] = header.FeeRecipient.ToString(),
        ["stateRoot"] = header.StateRoot.ToString(),
        ["transactionsRoot"] = header.TransactionsRoot.ToString(),
        ["receiptsRoot"] = header.ReceiptsRoot.ToString(),
        ["logsBloom"] = Hex(header.LogsBloom.ToArray()),
        ["difficulty"] = "0x0",
        ["number"] = RpcHex.Quantity(header.Number.Value),
        ["gasLimit"] = RpcHex.Quantity(header.GasLimit.Value),
        ["gasUsed"] = RpcHex.Quantity(header.GasUsed.Value),
        ["timestamp"] = RpcHex.Quantity(header.TimestampSeconds),
        ["extraData"] = Hex(header.ExtraData.ToArray()),
        ["mixHash"] = header.MixHash.ToString(),
        ["nonce"] = "0x0000000000000000",
        ["baseFeePerGas"] = RpcParameters.Word(header.BaseFeePerGas!.Value.Value),
    };

    public static string Hex(byte[] bytes) => "0x" + Convert.ToHexStringLower(bytes);

    public static string Quote(string text) => $"\"{text}\"";

    private static BlockHeader Header(ulong number, Hash256 parent, byte branch, Hash256 stateRoot) => new()
    {
        ParentHash = parent,
        OmmersHash = Keccak256.OfEmptyList,
        FeeRecipient = Lie.Coinbase,
        StateRoot = stateRoot,
        TransactionsRoot = Keccak256.OfEmptyString,
        ReceiptsRoot = Keccak256.OfEmptyString,
        LogsBloom = new byte[BlockHeader.BloomBytes],
        Difficulty = default,
        Number = new BlockNumber(number),
        GasLimit = new Gas(30_000_000),
        GasUsed = default,
        TimestampSeconds = 1_700_000_000 + (12 * number),
        ExtraData = new byte[] { branch },
        MixHash = default,
        PowNonce = 0,
        BaseFeePerGas = new Wei(7),
    };

    private string ByTag(string tag) => tag is "latest" ? Json(Head).ToJsonString()
        : UInt256.TryParse(tag, out var number) && number < Blocks ? Json(_headers[(int)number.LowUInt64]).ToJsonString()
        : "null";

    /// <summary>The last parameter names the block of the state (EIP-1898).</summary>
    private bool NamesHead(JsonElement parameters) =>
        parameters[parameters.GetArrayLength() - 1] is { ValueKind: JsonValueKind.Object } at && at.TryGetProperty("blockHash", out var hash) && hash.GetString() == HeadHash.ToString();

    private static string Text(JsonElement parameters, int index) => parameters[index].GetString()!;

    private static UInt256 Hash256Of(string word) => UInt256.TryParse(word, out var slot) ? slot : throw new FormatException(word);
}
