using System.Text.Json;
using CsCheck;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;
using Mempulse.Primitives.Records;
using Mempulse.Primitives.Tests.Events;

namespace Mempulse.Primitives.Tests.Json;

/// <summary>The JSON form of events. docs/formats/events.md lists its names.</summary>
public sealed class EventJsonTests
{
    private static readonly UnixNanoseconds Time = new(1_746_612_311_000_000_007);

    [Fact]
    public void A_fact_is_formatted_with_its_header_keys_and_fields() => Assert.Equal(
        """{"seq":42,"type":"TxSeen","version":1,"time":"2025-05-07T10:05:11.000000007Z","lane":"LANE","localSeq":9,"source":"SOURCE","tx":"HASH","payload":{"via":"HashSubscription"}}"""
            .Replace("LANE", LaneId.Of("rpc").ToString(), StringComparison.Ordinal)
            .Replace("SOURCE", SourceId.Of("alpha").ToString(), StringComparison.Ordinal)
            .Replace("HASH", HashOf(0x11).ToString(), StringComparison.Ordinal),
        TextOf(new LogEvent.TxSeen(HashOf(0x11), SightingVia.HashSubscription), RecordMeta.Fact(LaneId.Of("rpc"), 9, Time, SourceId.Of("alpha"))));

    [Fact]
    public void A_derived_event_has_a_cause_and_no_source()
    {
        using var json = Parse(new LogEvent.TxExpired(HashOf(0x11), TxState.Queued, 10_800), RecordMeta.Derived(LaneId.Of("fold"), new GlobalSeq(7), 3, Time));

        Assert.Equal(7, json.RootElement.GetProperty("cause").GetInt32());
        Assert.False(json.RootElement.TryGetProperty("source", out _));
        Assert.Equal("""{"from":"Queued","waitedSeconds":10800}""", json.RootElement.GetProperty("payload").GetRawText());
    }

    [Fact]
    public void Amounts_are_decimal_strings_bytes_and_selectors_hex_and_missing_values_null()
    {
        using var json = Parse(Samples.All.OfType<LogEvent.TxDecoded>().Last());
        var payload = json.RootElement.GetProperty("payload");

        Assert.Equal(new UInt256(1, 2, 3, 4).ToString(), payload.GetProperty("value").GetString());
        Assert.Equal("0x", payload.GetProperty("raw").GetString());
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("recipient").ValueKind);
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("selector").ValueKind);
        using var called = Parse(Samples.All.OfType<LogEvent.TxDecoded>().First());
        Assert.Equal("0xa9059cbb", called.RootElement.GetProperty("payload").GetProperty("selector").GetString());
        Assert.Equal(2, called.RootElement.GetProperty("payload").GetProperty("authorizations").GetArrayLength());
    }

    [Fact]
    public void A_loss_is_a_signed_decimal_string()
    {
        using var json = Parse(Samples.All.OfType<LogEvent.SimCompleted>().First());

        Assert.Equal("-1000000000", json.RootElement.GetProperty("payload").GetProperty("profit").GetString());
    }

    [Fact]
    public void A_code_without_a_name_is_its_number() =>
        Assert.Equal("""{"via":"99"}""", EventJson.PayloadOf(new LogEvent.TxSeen(default, (SightingVia)99)));

    [Fact]
    public void A_kind_of_a_later_version_is_formatted_by_its_number_with_an_empty_payload()
    {
        byte[] record = EncodedEvent.Record(new LogEvent.TxSeen(default, default));
        record[0] = 0xff;

        using var json = JsonDocument.Parse(EventJson.TextOf(new RecordView(EncodedEvent.Seq, record), EventCatalog.Core));

        Assert.Equal("255", json.RootElement.GetProperty("type").GetString());
        Assert.Equal("{}", json.RootElement.GetProperty("payload").GetRawText());
    }

    [Fact]
    public void Every_event_is_well_formed_and_has_every_key_and_each_field_once() => EventGen.Any.Sample(written =>
    {
        using var json = Parse(written);
        var members = json.RootElement.EnumerateObject().Select(member => member.Name).ToList();
        var fields = json.RootElement.GetProperty("payload").EnumerateObject().Select(field => field.Name).ToList();

        Assert.Equal(members.Distinct(), members);
        Assert.Equal(fields.Distinct(), fields);
        Assert.All(Enum.GetValues<KeyKind>(), kind => Assert.Equal(written.Keys.TryGet(kind, out _), members.Contains(EventJson.NameOf(kind))));
        Assert.Equal(FieldNames.Of([written]).Where(field => field.List.Length == 0).Select(field => field.Name), fields);
    });

    [Fact]
    public void A_malformed_record_is_refused() => Assert.Throws<EventDecodeException>(() =>
    {
        byte[] record = EncodedEvent.Record(new LogEvent.TxSeen(default, default));
        EventJson.TextOf(new RecordView(EncodedEvent.Seq, EncodedEvent.WithPayload(record, [0xc0])), EventCatalog.Core);
    });

    private static JsonDocument Parse(LogEvent logEvent) => Parse(logEvent, RecordMeta.Fact(EncodedEvent.Lane, 1, Time, default));

    private static JsonDocument Parse(LogEvent logEvent, RecordMeta meta) => JsonDocument.Parse(TextOf(logEvent, meta));

    private static string TextOf(LogEvent logEvent, RecordMeta meta) =>
        EventJson.TextOf(new RecordView(EncodedEvent.Seq, EncodedEvent.Record(logEvent, meta)), EventCatalog.Core);

    private static Hash256 HashOf(byte value) => new([.. Enumerable.Repeat(value, Hash256.Size)]);
}
