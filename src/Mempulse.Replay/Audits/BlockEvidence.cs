using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.Observations;

namespace Mempulse.Replay.Audits;

/// <summary>What the log knew when a block came: its transactions, the best of those that waited, and who was watching. The audit is computed from it.</summary>
internal sealed class BlockEvidence(Hash256 hash, ulong ordinal) : StateEntry, IKeyed<Hash256>
{
    public const byte EntryTag = 0x18;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public Hash256 Key { get; } = hash;

    /// <summary>Numbers the audits; the lowest is evicted first.</summary>
    public ulong Ordinal { get; } = ordinal;

    public required BlockNumber Number { get; init; }

    public required Hash256 Parent { get; init; }

    public required Address FeeRecipient { get; init; }

    public required UInt256 BaseFee { get; init; }

    public required ulong GasUsed { get; init; }

    public required ulong GasLimit { get; init; }

    /// <summary>The record of the block.</summary>
    /// <remarks>Positions are not digested: the digest is a function of the facts alone.</remarks>
    public GlobalSeq SeenIn { get; set; }

    public required long ArrivedAt { get; init; }

    public required long SlotAt { get; init; }

    public required bool HasSlotTime { get; init; }

    public required ulong MarginMicros { get; init; }

    public required ulong MarginSamples { get; init; }

    public required bool IsMarginDefault { get; init; }

    /// <summary>Number of chain gaps when it came.</summary>
    public required ulong ChainGaps { get; init; }

    /// <summary>Reasons that hold for all of its transactions.</summary>
    public required AuditReasons Reasons { get; init; }

    public required IReadOnlyList<AuditSource> Sources { get; init; }

    public required IReadOnlyList<AuditGap> Gaps { get; init; }

    /// <summary>Its transactions, by index.</summary>
    public required IReadOnlyList<TxEvidence> Included { get; init; }

    /// <summary>Executable ones that it does not have and whose fee may suffice, by tip.</summary>
    public required IReadOnlyList<TxEvidence> Absent { get; init; }

    public required AuditCounts NotExpected { get; init; }

    /// <summary>True once it left the chain.</summary>
    public bool IsUndone { get; set; }

    /// <summary>The record with which it left the chain; none while it is canonical.</summary>
    public GlobalSeq UndoneIn { get; set; }

    public long MarginNanoseconds => AuditTimes.OfMicros(MarginMicros);

    /// <summary>The transaction at an index of the block; null if the audit does not have it.</summary>
    public TxEvidence? At(int index) => At(Included, index);

    /// <summary>The transaction at an index of the block, among those of an audit; null if it is not among them.</summary>
    public static TxEvidence? At(IReadOnlyList<TxEvidence> included, int index)
    {
        int low = 0;
        int high = included.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int found = included[middle].Index;
            if (found == index)
            {
                return included[middle];
            }

            (low, high) = found < index ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>Saves the positions.</summary>
    public void SavePositions(EntryWriter writer)
    {
        writer.Write(Key);
        writer.Write(SeenIn.Value);
        writer.Write(UndoneIn.Value);
        TxEvidence[] late = [.. Included.Where(static tx => tx.LateAt != 0)];
        writer.WriteCount(late.Length);
        foreach (var tx in late)
        {
            writer.WriteCount(tx.Index);
            writer.Write(tx.LateIn.Value);
        }
    }

    /// <summary>Restores what <see cref="SavePositions"/> saved after the hash.</summary>
    public void RestorePositions(ref EntryReader reader)
    {
        SeenIn = new GlobalSeq(reader.ReadUInt64());
        UndoneIn = new GlobalSeq(reader.ReadUInt64());
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            int index = reader.ReadInt32();
            var tx = At(index) ?? throw reader.Malformed($"block {Number} has no transaction {index}");
            tx.LateIn = new GlobalSeq(reader.ReadUInt64());
        }
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key);
        writer.Write(Ordinal);
        writer.Write(Number.Value);
        writer.Write(Parent);
        writer.Write(FeeRecipient);
        writer.Write(BaseFee);
        writer.Write(GasUsed);
        writer.Write(GasLimit);
        writer.Write(IsUndone);
        writer.Write(ArrivedAt);
        writer.Write(SlotAt);
        writer.Write(HasSlotTime);
        writer.Write(MarginMicros);
        writer.Write(MarginSamples);
        writer.Write(IsMarginDefault);
        writer.Write(ChainGaps);
        writer.Write((uint)Reasons);
        EncodeWatch(writer);
        EncodeCounts(writer, NotExpected);
        EncodeList(writer, Included);
        EncodeList(writer, Absent);
    }

    public static BlockEvidence Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var (hash, ordinal, number, parent) = (reader.ReadHash(), reader.ReadUInt64(), new BlockNumber(reader.ReadUInt64()), reader.ReadHash());
        var (recipient, baseFee, gasUsed, gasLimit) = (reader.ReadAddress(), reader.ReadUInt256(), reader.ReadUInt64(), reader.ReadUInt64());
        return new BlockEvidence(hash, ordinal)
        {
            Number = number,
            Parent = parent,
            FeeRecipient = recipient,
            BaseFee = baseFee,
            GasUsed = gasUsed,
            GasLimit = gasLimit,
            IsUndone = reader.ReadBoolean(),
            ArrivedAt = reader.ReadInt64(),
            SlotAt = reader.ReadInt64(),
            HasSlotTime = reader.ReadBoolean(),
            MarginMicros = reader.ReadUInt64(),
            MarginSamples = reader.ReadUInt64(),
            IsMarginDefault = reader.ReadBoolean(),
            ChainGaps = reader.ReadUInt64(),
            Reasons = (AuditReasons)reader.ReadInt32(),
            Sources = DecodeSources(ref reader),
            Gaps = DecodeGaps(ref reader),
            NotExpected = DecodeCounts(ref reader),
            Included = DecodeList(ref reader),
            Absent = DecodeList(ref reader),
        };
    }

    private void EncodeWatch(EntryWriter writer)
    {
        writer.WriteCount(Sources.Count);
        foreach (var source in Sources)
        {
            writer.Write(source.Name);
            writer.Write(source.Lane);
            writer.WriteCount(source.Peers);
            writer.Write(source.Since.Value);
            writer.Write(source.HasGap);
            writer.Write(source.HasGapAfter);
            writer.Write(source.IsLane);
        }

        writer.WriteCount(Gaps.Count);
        foreach (var gap in Gaps)
        {
            writer.Write((byte)gap.Kind);
            writer.Write(gap.Name);
            writer.Write(gap.From.Value);
            writer.Write(gap.To is not null);
            writer.Write(gap.To?.Value ?? 0);
        }
    }

    private static void EncodeCounts(EntryWriter writer, AuditCounts counts)
    {
        writer.WriteCount(counts.Underpriced);
        writer.WriteCount(counts.BelowMargin);
        writer.WriteCount(counts.NoRoom);
        writer.WriteCount(counts.NotExecutable);
        writer.WriteCount(counts.AfterSlot);
        writer.WriteCount(counts.WithoutBody);
        writer.WriteCount(counts.Left);
        writer.WriteCount(counts.BeyondLimit);
    }

    private static AuditCounts DecodeCounts(ref EntryReader reader) => new(
        reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());

    private static AuditSource[] DecodeSources(ref EntryReader reader)
    {
        var sources = new AuditSource[reader.ReadCount()];
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] = new AuditSource(reader.ReadString(), reader.ReadString(), reader.ReadInt32(), new UnixNanoseconds(reader.ReadInt64()), reader.ReadBoolean(), reader.ReadBoolean())
            {
                IsLane = reader.ReadBoolean(),
            };
        }

        return sources;
    }

    private static AuditGap[] DecodeGaps(ref EntryReader reader)
    {
        var gaps = new AuditGap[reader.ReadCount()];
        for (int i = 0; i < gaps.Length; i++)
        {
            var (kind, name, from) = (reader.ReadEnum(GapKind.Unrecorded), reader.ReadString(), new UnixNanoseconds(reader.ReadInt64()));
            var (isClosed, to) = (reader.ReadBoolean(), reader.ReadInt64());
            gaps[i] = new AuditGap(kind, name, from, isClosed ? new UnixNanoseconds(to) : null);
        }

        return gaps;
    }

    private static void EncodeList(EntryWriter writer, IReadOnlyList<TxEvidence> list)
    {
        writer.WriteCount(list.Count);
        foreach (var tx in list)
        {
            tx.Encode(writer);
        }
    }

    private static TxEvidence[] DecodeList(ref EntryReader reader)
    {
        var list = new TxEvidence[reader.ReadCount()];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = TxEvidence.Decode(ref reader);
        }

        return list;
    }
}
