using Mempulse.Replay.Entries;

namespace Mempulse.Features.Grading;

/// <summary>What was not graded; a single entry.</summary>
internal sealed class GradeTotals : StateEntry
{
    public const byte EntryTag = 0x36;

    public override byte Tag => EntryTag;

    /// <inheritdoc cref="IDecoderView.NotGraded"/>
    public ulong NotGraded { get; set; }

    public override void Encode(EntryWriter writer) => writer.Write(NotGraded);

    public static GradeTotals Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        return new GradeTotals { NotGraded = reader.ReadUInt64() };
    }
}
