using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Failures;

/// <summary>A transaction whose outcome was counted, so that another block does not count it again.</summary>
internal sealed class CountedCall(Hash256 tx) : StateEntry, IKeyed<Hash256>
{
    public const byte EntryTag = 0x39;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public Hash256 Key { get; } = tx;

    public override void Encode(EntryWriter writer) => writer.Write(Key);

    public static CountedCall Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        return new CountedCall(reader.ReadHash());
    }
}
