using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>A statement, and whether its block is canonical.</summary>
internal sealed class StatedEntry(ulong key, PoolStated stated) : StateEntry, IKeyed<ulong>
{
    public override byte Tag => 0x70;

    public ulong Key { get; } = key;

    public PoolStated Stated { get; } = stated;

    public bool IsCanonical { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key);
        writer.Write(Stated.Block);
        writer.Write(Stated.Number.Value);
        writer.Write(Stated.Pool);
        writer.Write(Stated.First);
        writer.Write(Stated.Second);
        writer.Write(Stated.FirstReserve);
        writer.Write(Stated.SecondReserve);
        writer.Write(IsCanonical);
    }

    public static StatedEntry Decode(ref EntryReader reader)
    {
        reader.Expect(0x70);
        ulong key = reader.ReadUInt64();
        var stated = new PoolStated(
            reader.ReadHash(), new BlockNumber(reader.ReadUInt64()), reader.ReadAddress(), reader.ReadAddress(), reader.ReadAddress(), reader.ReadUInt256(), reader.ReadUInt256());
        return new StatedEntry(key, stated) { IsCanonical = reader.ReadBoolean() };
    }
}
