using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Strategies;

/// <summary>Which strategies run.</summary>
internal sealed class ChoiceEntry(Hash256 contentHash, string versions) : StateEntry
{
    public const byte EntryTag = 0x46;

    public override byte Tag => EntryTag;

    /// <summary>Keccak-256 of the content that chooses them.</summary>
    public Hash256 ContentHash { get; } = contentHash;

    /// <summary>Their ids and versions.</summary>
    public string Versions { get; } = versions;

    public override void Encode(EntryWriter writer)
    {
        writer.Write(ContentHash);
        writer.Write(Versions);
    }

    public static ChoiceEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        return new ChoiceEntry(reader.ReadHash(), reader.ReadString());
    }
}
