using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Rules;

/// <summary>Which content of a part of the rules holds.</summary>
/// <param name="tag">The tag of the part.</param>
internal sealed class StatedEntry(byte tag) : StateEntry
{
    public override byte Tag => tag;

    /// <summary>Keccak-256 of the content.</summary>
    public required Hash256 ContentHash { get; init; }

    /// <summary>Where it was read from.</summary>
    public required string Name { get; init; }

    /// <summary>The position of the fact that stated this content first.</summary>
    public required GlobalSeq Since { get; init; }

    /// <summary>The versions of what it chose, as this program has them; empty where the content is all there is.</summary>
    public required string Versions { get; init; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(ContentHash);
        writer.Write(Name);
        writer.Write(Since.Value);
        writer.Write(Versions);
    }

    public static StatedEntry Decode(byte tag, ref EntryReader reader)
    {
        reader.Expect(tag);
        return new StatedEntry(tag) { ContentHash = reader.ReadHash(), Name = reader.ReadString(), Since = new GlobalSeq(reader.ReadUInt64()), Versions = reader.ReadString() };
    }
}
