using System.Text.Json;
using Mempulse.Client.Events;
using Mempulse.Client.Serialization;

namespace Mempulse.Client.Streaming;

/// <summary>What a stream delivers: events, and words about the stream itself.</summary>
public abstract record StreamMessage
{
    private StreamMessage()
    {
    }

    /// <summary>Reads an item of a stream.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="json">Its data in UTF-8.</param>
    internal static StreamMessage Parse(string name, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ClientJson.Default.Options.MaxDepth });
        if (name is not ("hello" or "coalesced" or "damaged" or "position"))
        {
            return new Logged(JsonSerializer.Deserialize(ref reader, ClientJson.Default.EventBody) ?? throw new JsonException("An event is null."));
        }

        var word = JsonSerializer.Deserialize(ref reader, ClientJson.Default.JsonElement);
        return name switch
        {
            "hello" => new Hello(TextOf(word, "chain"), word.GetProperty("synthetic").GetBoolean(), NumberOf(word, "after"), NumberOf(word, "watermark")),
            "coalesced" => new Coalesced(NumberOf(word, "from"), NumberOf(word, "to")),
            "damaged" => new Damaged(NumberOf(word, "from"), NumberOf(word, "to"), TextOf(word, "detail")),
            _ => new Position(NumberOf(word, "seq")),
        };
    }

    private static ulong NumberOf(JsonElement word, string member) => word.GetProperty(member).GetUInt64();

    private static string TextOf(JsonElement word, string member) => word.GetProperty(member).GetString() ?? string.Empty;

    /// <summary>An event of the log.</summary>
    /// <param name="Body">The event.</param>
    public sealed record Logged(EventBody Body) : StreamMessage;

    /// <summary>The first item of each connection.</summary>
    /// <param name="Chain">The chain.</param>
    /// <param name="Synthetic">True when the arrival times of its input are synthetic.</param>
    /// <param name="After">The position before the first event.</param>
    /// <param name="Watermark">The highest durable position.</param>
    public sealed record Hello(string Chain, bool Synthetic, ulong After, ulong Watermark) : StreamMessage;

    /// <summary>Events that were passed over because the reader was too slow; GET /events has them.</summary>
    /// <param name="From">The first position.</param>
    /// <param name="To">The last one, inclusive.</param>
    public sealed record Coalesced(ulong From, ulong To) : StreamMessage;

    /// <summary>Positions that cannot be read, because the log is damaged there.</summary>
    /// <param name="From">The first position.</param>
    /// <param name="To">The last one, inclusive.</param>
    /// <param name="Detail">What is damaged.</param>
    public sealed record Damaged(ulong From, ulong To, string Detail) : StreamMessage;

    /// <summary>Nothing was wanted for a while.</summary>
    /// <param name="Seq">How far the stream is.</param>
    public sealed record Position(ulong Seq) : StreamMessage;
}
