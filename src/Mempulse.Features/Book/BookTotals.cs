using Mempulse.Replay.Entries;

namespace Mempulse.Features.Book;

/// <summary>What the book counted since the log began. A part of <see cref="BookChain"/>.</summary>
internal sealed class BookTotals
{
    /// <summary>Readings of pools that came too late or for nothing.</summary>
    public ulong NotTaken { get; set; }

    /// <summary>Pools that were evicted to make room for others.</summary>
    public ulong Evicted { get; set; }

    /// <summary>Pairs of tokens that one transaction named beyond what it may ask for.</summary>
    public ulong NotAsked { get; set; }

    /// <summary>Doubted tokens that were forgotten, or not noted, for want of room.</summary>
    public ulong TokensForgotten { get; set; }

    public void Encode(EntryWriter writer)
    {
        writer.Write(NotTaken);
        writer.Write(Evicted);
        writer.Write(NotAsked);
        writer.Write(TokensForgotten);
    }

    public void Decode(ref EntryReader reader) =>
        (NotTaken, Evicted, NotAsked, TokensForgotten) = (reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64());
}
