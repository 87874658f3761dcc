using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Rules;

/// <summary>Which registry holds.</summary>
internal sealed class RulesEntry : StateEntry
{
    public const byte EntryTag = 0x30;

    public override byte Tag => EntryTag;

    /// <summary>Keccak-256 of its content.</summary>
    public required Hash256 ContentHash { get; init; }

    /// <summary>Where it was read from.</summary>
    public required string Name { get; init; }

    /// <summary>The position of the fact that loaded this content first.</summary>
    public required GlobalSeq Since { get; init; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(ContentHash);
        writer.Write(Name);
        writer.Write(Since.Value);
    }

    public static RulesEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        return new RulesEntry { ContentHash = reader.ReadHash(), Name = reader.ReadString(), Since = new GlobalSeq(reader.ReadUInt64()) };
    }
}
