using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Json;

/// <summary>The one JSON text of events, for the API, the command line and divergences.</summary>
/// <remarks>
/// Names are camelCase. Hashes, accounts and bytes are hex with 0x, enums are names, 256-bit numbers are decimal strings, times RFC 3339 with
/// nanoseconds; other numbers are JSON numbers. A member of the header that has no value is omitted; a field that has none is null.
/// </remarks>
public static class EventJson
{
    private static readonly string[] KeyNames = ["tx", "block", "sender", "opp", "sim", "bundle", "peer"];

    /// <summary>Escapes what JSON requires and nothing else: the text is not meant to be embedded in HTML.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The member that holds a key of this kind.</summary>
    public static string NameOf(KeyKind kind) => KeyNames[(int)kind];

    /// <summary>Writes a record: its header, its keys and, as "payload", its fields. The payload of a kind that is not in the catalog is empty.</summary>
    /// <exception cref="EventDecodeException">The record is malformed; part of it may be written.</exception>
    public static void Write(Utf8JsonWriter json, in RecordView record, EventCatalog catalog)
    {
        json.WriteStartObject();
        json.WriteNumber("seq", record.Seq.Value);
        json.WriteString("type", catalog.NameOf(record.Kind));
        json.WriteNumber("version", record.Version);
        json.WriteString("time", record.Timestamp.ToRfc3339());
        json.WriteString("lane", record.Lane.ToString());
        json.WriteNumber("localSeq", record.LocalSeq);
        if (record.Source != default)
        {
            json.WriteString("source", record.Source.ToString());
        }

        if (record.IsDerived)
        {
            json.WriteNumber("cause", record.Cause.Value);
        }

        for (int kind = 0; kind < EventKeys.KindCount; kind++)
        {
            if (record.TryGetKey((KeyKind)kind, out var key))
            {
                json.WriteString(NameOf((KeyKind)kind), key.ToString());
            }
        }

        json.WritePropertyName("payload");
        WritePayload(json, catalog.Decode(record));
        json.WriteEndObject();
    }

    /// <summary>The record on one line, as <see cref="Write"/> writes it.</summary>
    /// <exception cref="EventDecodeException">The record is malformed.</exception>
    public static string TextOf(in RecordView record, EventCatalog catalog)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, WriterOptions))
        {
            Write(json, record, catalog);
        }

        return System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>The fields of an event, without header and keys, on one line.</summary>
    public static string PayloadOf(LogEvent logEvent)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, WriterOptions))
        {
            WritePayload(json, logEvent);
        }

        return System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void WritePayload(Utf8JsonWriter json, LogEvent? logEvent)
    {
        json.WriteStartObject();
        var fields = new JsonFieldWriter(json);
        logEvent?.WriteFields(ref fields);
        json.WriteEndObject();
    }
}
