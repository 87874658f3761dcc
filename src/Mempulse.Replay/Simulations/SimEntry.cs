using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Simulations;

/// <summary>A simulation whose base block a reorg can still undo.</summary>
internal sealed class SimEntry(SimKey key, Hash256 block) : StateEntry, IKeyed<SimKey>
{
    public const byte EntryTag = 0x10;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public SimKey Key { get; } = key;

    /// <summary>The base block.</summary>
    public Hash256 Base { get; } = block;

    /// <summary>Whether the base was canonical at the last review; <see cref="LogEvent.SimBaseMoved"/> announces a change.</summary>
    public SimBaseStanding Standing { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key.Sim);
        writer.Write(Base);
        writer.Write(Key.BaseNumber.Value);
        writer.Write((byte)Standing);
    }

    public static SimEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var sim = reader.ReadHash();
        var block = reader.ReadHash();
        return new SimEntry(new SimKey(new BlockNumber(reader.ReadUInt64()), sim), block)
        {
            Standing = reader.ReadEnum(SimBaseStanding.Left),
        };
    }
}
