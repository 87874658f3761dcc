using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mempulse.Api.Events;
using Mempulse.Client.Events;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;

namespace Mempulse.Api.Tests.Events;

/// <summary>GET /events writes events in their one JSON form, and the OpenAPI document describes that form.</summary>
public sealed class EventPageTests
{
    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static readonly IReadOnlyList<SequencedRecord> Golden = GoldenRecords.All;

    [Fact]
    public void Every_kind_of_event_matches_the_described_schema_and_uses_all_of_it()
    {
        var page = new RecordPage(Golden, new GlobalSeq(99), new GlobalSeq(100));
        byte[] text = TextOf(page);

        var body = JsonSerializer.Deserialize<EventPageBody>(text, s_strict)!;

        Assert.Equal(("1", 99UL, 100UL, false), (body.Chain, body.Next, body.Watermark, body.AtEnd));
        Assert.Equal(Golden.Select(record => record.Seq.Value), body.Events.Select(item => item.Seq));
        Assert.Equal(EventCatalog.Core.Types.Select(type => type.Name).Order(StringComparer.Ordinal), body.Events.Select(item => item.Type).Distinct().Order(StringComparer.Ordinal));
        var described = JsonSerializerOptions.Web.GetTypeInfo(typeof(EventBody)).Properties.Select(property => property.Name);
        using var json = JsonDocument.Parse(text);
        var written = json.RootElement.GetProperty("events").EnumerateArray().SelectMany(item => item.EnumerateObject().Select(member => member.Name)).Distinct();
        Assert.Empty(described.Except(written));
    }

    [Fact]
    public void An_event_has_the_same_text_as_on_the_command_line()
    {
        using var json = JsonDocument.Parse(TextOf(new RecordPage(Golden, new GlobalSeq(99), new GlobalSeq(99))));

        Assert.Equal(
            Golden.Select(record => EventJson.TextOf(record.View, EventCatalog.Core)),
            json.RootElement.GetProperty("events").EnumerateArray().Select(item => item.GetRawText()));
    }

    private static byte[] TextOf(RecordPage page)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, EventJson.WriterOptions))
        {
            new EventPageResult(new ChainId(1), isSynthetic: true, page, EventCatalog.Core).Write(json);
        }

        return text.WrittenSpan.ToArray();
    }
}
