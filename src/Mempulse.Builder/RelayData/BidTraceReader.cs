using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Primitives;

namespace Mempulse.Builder.RelayData;

/// <summary>Reads one entry. Numbers are decimal strings, as in the beacon API; unknown fields are skipped.</summary>
internal ref struct BidTraceReader
{
    private const int MaxDecimalDigits = 78; // of 2^256 - 1

    private readonly JsonElement _entry;
    private string? _bad;

    private BidTraceReader(JsonElement entry) => _entry = entry;

    /// <summary>Reads an entry; false with the name of the first field that is not valid.</summary>
    public static bool TryRead(JsonElement entry, [NotNullWhen(true)] out BidTrace? trace, [NotNullWhen(false)] out string? field)
    {
        var reader = new BidTraceReader(entry);
        if (entry.ValueKind != JsonValueKind.Object)
        {
            trace = null;
            field = "entry";
            return false;
        }

        var read = reader.Read();
        field = reader._bad;
        trace = field is null ? read : null;
        return trace is not null;
    }

    private BidTrace Read() => new()
    {
        Slot = Number("slot"),
        ParentHash = Hash("parent_hash"),
        BlockHash = Hash("block_hash"),
        BlockNumber = new BlockNumber(Number("block_number")),
        Builder = Key("builder_pubkey"),
        Proposer = Key("proposer_pubkey"),
        ProposerFeeRecipient = Account("proposer_fee_recipient"),
        GasLimit = new Gas(Number("gas_limit")),
        GasUsed = new Gas(Number("gas_used")),
        Value = new Wei(Wide("value")),
        TransactionCount = Number("num_tx"),
        ReceivedMilliseconds = _entry.TryGetProperty("timestamp_ms", out _) ? Number("timestamp_ms") : null,
    };

    private ulong Number(string name)
    {
        var wide = Wide(name);
        return wide.FitsUInt64 ? wide.LowUInt64 : Bad<ulong>(name);
    }

    private UInt256 Wide(string name) =>
        Text(name) is { Length: > 0 and <= MaxDecimalDigits } text && !text.AsSpan().ContainsAnyExceptInRange('0', '9') && UInt256.TryParse(text, out var value) ? value : Bad<UInt256>(name);

    private Hash256 Hash(string name) => _entry.TryGetProperty(name, out var element) && RpcHex.TryReadHash(element, out var hash) ? hash : Bad<Hash256>(name);

    private BuilderKey Key(string name) => _entry.TryGetProperty(name, out var element) && BuilderKey.TryRead(element, out var key) ? key : Bad<BuilderKey>(name);

    private Address Account(string name)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        return _entry.TryGetProperty(name, out var element) && RpcHex.TryReadData(element, bytes) ? new Address(bytes) : Bad<Address>(name);
    }

    private readonly string? Text(string name) =>
        _entry.TryGetProperty(name, out var element) && element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    private T Bad<T>(string name)
        where T : struct
    {
        _bad ??= name;
        return default;
    }
}
