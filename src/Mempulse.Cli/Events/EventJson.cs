using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Cli.Events;

/// <summary>Records as JSON: hashes and bytes in hex, 256-bit numbers in decimal strings, everything else as it is.</summary>
internal static class EventJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Converters =
        {
            new JsonStringEnumConverter(),
            new TextConverter<Hash256>(static hash => hash.ToString()),
            new TextConverter<Address>(static address => address.ToString()),
            new TextConverter<Wei>(static wei => wei.ToString()),
            new TextConverter<WeiDelta>(static delta => delta.ToString()),
            new TextConverter<ReadOnlyMemory<byte>>(static bytes => "0x" + Convert.ToHexStringLower(bytes.Span)),
            new NumberConverter<Gas>(static gas => gas.Value),
            new NumberConverter<Nonce>(static nonce => nonce.Value),
            new NumberConverter<BlockNumber>(static number => number.Value),
            new NumberConverter<ChainId>(static chain => chain.Value),
            new NumberConverter<Epoch>(static epoch => epoch.Value),
            new NumberConverter<GlobalSeq>(static seq => seq.Value),
            new AuthorizationsConverter(),
            new NormalizedTxConverter(),
            new NoKeysConverter(),
        },
    };

    /// <summary>The record's header and what it says; a kind this version does not know has no payload.</summary>
    public static JsonObject Of(in RecordView record)
    {
        var json = new JsonObject
        {
            ["seq"] = record.Seq.Value,
            ["kind"] = record.Kind.ToString(),
            ["timestampNs"] = record.Timestamp.Value,
            ["lane"] = record.Lane.ToString(),
            ["localSeq"] = record.LocalSeq,
        };
        if (record.Source != default)
        {
            json["source"] = record.Source.ToString();
        }

        if (record.IsDerived)
        {
            json["cause"] = record.Cause.Value;
        }

        foreach (var (name, value) in KeysOf(record))
        {
            json[name] = value;
        }

        json["payload"] = PayloadOf(record);
        return json;
    }

    /// <summary>The keys of a record by name.</summary>
    public static IReadOnlyList<(string Name, string Value)> KeysOf(in RecordView record)
    {
        var keys = new List<(string, string)>();
        for (int kind = 0; kind < EventKeys.KindCount; kind++)
        {
            if (record.TryGetKey((KeyKind)kind, out var key))
            {
                string value = key.Kind == KeyKind.Sender ? key.ToAddress().ToString() : key.Value.ToString();
                keys.Add((JsonNamingPolicy.CamelCase.ConvertName(key.Kind.ToString()), value));
            }
        }

        return keys;
    }

    /// <summary>What the record says besides its header, or null.</summary>
    public static JsonObject? PayloadOf(in RecordView record)
    {
        if (LogEvent.Decode(record) is not { } logEvent)
        {
            return null;
        }

        var payload = JsonSerializer.SerializeToNode(logEvent, logEvent.GetType(), s_options)!.AsObject();
        payload.Remove("kind");
        payload.Remove("keys");
        return payload;
    }

    private sealed class TextConverter<T>(Func<T, string> text) : WriteOnlyConverter<T>
    {
        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(text(value));
    }

    private sealed class NumberConverter<T>(Func<T, ulong> number) : WriteOnlyConverter<T>
    {
        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(number(value));
    }

    /// <summary>Keys stand in the record's header, which is written already.</summary>
    private sealed class NoKeysConverter : WriteOnlyConverter<EventKeys>
    {
        public override void Write(Utf8JsonWriter writer, EventKeys value, JsonSerializerOptions options) => writer.WriteNullValue();
    }

    private sealed class AuthorizationsConverter : WriteOnlyConverter<ReadOnlyMemory<Authorization>>
    {
        public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<Authorization> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToArray(), options);
    }

    private sealed class NormalizedTxConverter : WriteOnlyConverter<NormalizedTx>
    {
        public override void Write(Utf8JsonWriter writer, NormalizedTx value, JsonSerializerOptions options) => JsonSerializer.Serialize(
            writer,
            new
            {
                value.Type,
                value.ChainId,
                value.Nonce,
                value.GasLimit,
                value.Recipient,
                value.Value,
                value.MaxFeePerGas,
                value.MaxPriorityFeePerGas,
                value.MaxFeePerBlobGas,
                value.BlobCount,
                value.InputLength,
                Selector = value.Selector?.ToString("x8", null),
                Authorizations = value.AuthorizationList,
                Raw = value.RawBytes,
            },
            options);
    }
}
