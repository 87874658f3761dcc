using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.State;

namespace Mempulse.Replay.Simulations;

/// <summary>A simulation whose base block a reorg can still take away.</summary>
internal sealed class SimEntry(Hash256 sim, Hash256 block, BlockNumber number) : DigestedEntry
{
    public Hash256 Sim { get; } = sim;

    public Hash256 Base { get; } = block;

    public BlockNumber BaseNumber { get; } = number;

    /// <summary>As it was when last looked at; what <see cref="LogEvent.SimBaseMoved"/> tells is a change of it.</summary>
    public SimBaseStanding Standing { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(EntryTag.Simulation);
        writer.Write(Sim);
        writer.Write(Base);
        writer.Write(BaseNumber.Value);
        writer.Write((byte)Standing);
    }

    public static SimEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag.Simulation);
        return new SimEntry(reader.ReadHash(), reader.ReadHash(), new BlockNumber(reader.ReadUInt64()))
        {
            Standing = reader.ReadEnum(SimBaseStanding.Left),
        };
    }
}
