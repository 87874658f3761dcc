using System.Buffers;
using System.Text.Json;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;

namespace Mempulse.Api.Streaming;

/// <summary>Something that readers of the stream receive: an event, or a word about the stream itself.</summary>
/// <param name="Seq">The position after which a reader resumes that has it.</param>
/// <param name="Name">The event's type, or what the word is about.</param>
/// <param name="Json">Its text in UTF-8, on one line.</param>
internal sealed record StreamItem(GlobalSeq Seq, string Name, ReadOnlyMemory<byte> Json)
{
    /// <summary>An event, in the same text as GET /events.</summary>
    public static StreamItem Event(SequencedRecord record, EventCatalog events)
    {
        var view = record.View;
        return new StreamItem(record.Seq, events.NameOf(view.Kind), Text(json => EventJson.Write(json, record.View, events)));
    }

    /// <summary>The first item: what is read, and from where on.</summary>
    public static StreamItem Hello(ChainId chain, bool isSynthetic, GlobalSeq after, GlobalSeq watermark) => Word("hello", after, json =>
    {
        json.WriteString("chain", chain.ToString());
        json.WriteBoolean("synthetic", isSynthetic);
        json.WriteNumber("after", after.Value);
        json.WriteNumber("watermark", watermark.Value);
    });

    /// <summary>The reader was too slow: events between its position and this one were passed over. GET /events has them.</summary>
    /// <param name="from">The first position passed over.</param>
    /// <param name="to">The last one, inclusive.</param>
    public static StreamItem Coalesced(GlobalSeq from, GlobalSeq to) => Word("coalesced", to, json =>
    {
        json.WriteNumber("from", from.Value);
        json.WriteNumber("to", to.Value);
        json.WriteNumber("events", to.Value - from.Value + 1);
    });

    /// <summary>Positions of the log cannot be read.</summary>
    public static StreamItem Damaged(DamagedPlace damage) => Word("damaged", damage.Last, json =>
    {
        json.WriteNumber("from", damage.First.Value);
        json.WriteNumber("to", damage.Last.Value);
        json.WriteString("file", damage.File);
        json.WriteNumber("offset", damage.Offset);
        json.WriteString("detail", damage.Detail);
    });

    /// <summary>Nothing was wanted for a while; a reader that resumes need not begin before here.</summary>
    public static StreamItem Position(GlobalSeq at) => Word("position", at, json => json.WriteNumber("seq", at.Value));

    private static StreamItem Word(string name, GlobalSeq seq, Action<Utf8JsonWriter> write) => new(seq, name, Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", name);
        write(json);
        json.WriteEndObject();
    }));

    private static ReadOnlyMemory<byte> Text(Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(text, EventJson.WriterOptions))
        {
            write(json);
        }

        return text.WrittenMemory;
    }
}
