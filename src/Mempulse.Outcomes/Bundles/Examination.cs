using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;

namespace Mempulse.Outcomes.Bundles;

/// <summary>What the execution of a block with a bundle showed: what is kept of <see cref="LogEvent.CompetitionExamined"/>.</summary>
/// <param name="Seq">The record.</param>
/// <param name="Block">The block.</param>
/// <param name="Finding">What it showed.</param>
/// <param name="Competitor">The transaction that makes the difference; zero for none.</param>
/// <param name="IsVerified">Whether every value that was read is proven.</param>
internal sealed record Examination(GlobalSeq Seq, Hash256 Block, CompetitionFinding Finding, Hash256 Competitor, bool IsVerified)
{
    public void Write(EntryWriter writer)
    {
        writer.Write(Seq.Value);
        writer.Write(Block);
        writer.Write((byte)Finding);
        writer.Write(Competitor);
        writer.Write(IsVerified);
    }

    public static Examination Read(ref EntryReader reader) =>
        new(new GlobalSeq(reader.ReadUInt64()), reader.ReadHash(), (CompetitionFinding)reader.ReadByte(), reader.ReadHash(), reader.ReadBoolean());
}
