using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Outcomes.Bundles;

/// <summary>A recent block of the canonical chain with what bundles are held against: which transactions it has, and what it charges.</summary>
internal sealed class BlockEntry(BlockNumber number, Hash256 hash, GlobalSeq seenIn) : StateEntry, IKeyed<BlockNumber>
{
    public const byte EntryTag = 0x55;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public BlockNumber Key { get; } = number;

    /// <summary>The block.</summary>
    public Hash256 Hash { get; } = hash;

    /// <summary>The record of the block.</summary>
    public GlobalSeq SeenIn { get; } = seenIn;

    /// <summary>Its base fee.</summary>
    public required Wei BaseFee { get; init; }

    /// <summary>Which parts of it its hash does not cover.</summary>
    public required UnverifiedParts Unverified { get; init; }

    /// <summary>Its transactions, in order.</summary>
    public required IReadOnlyList<BlockUse> Uses { get; init; }

    /// <summary>The first record in which a relay says who built it; none before.</summary>
    public GlobalSeq RelayDataIn { get; set; }

    /// <summary>How the next record of receipts goes on where the last one ended; null before the first, and after the last one of a series.</summary>
    public ReceiptSeries? Series { get; set; }

    /// <summary>True if the block's hash covers everything that is said of its transactions.</summary>
    public bool IsVerified => Unverified == UnverifiedParts.None;

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key.Value);
        writer.Write(Hash);
        writer.Write(SeenIn.Value);
        writer.Write(BaseFee.Value);
        writer.Write((byte)Unverified);
        writer.WriteCount(Uses.Count);
        foreach (var use in Uses)
        {
            writer.Write(use.Tx);
            writer.Write(use.Nonce.Sender);
            writer.Write(use.Nonce.Nonce.Value);
        }

        writer.Write(RelayDataIn.Value);
        writer.Write(Series is not null);
        (Series ?? default).Write(writer);
    }

    public static BlockEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var (number, hash, seenIn) = (new BlockNumber(reader.ReadUInt64()), reader.ReadHash(), new GlobalSeq(reader.ReadUInt64()));
        var (fee, unverified, uses) = (new Wei(reader.ReadUInt256()), (UnverifiedParts)reader.ReadByte(), new BlockUse[reader.ReadCount()]);
        for (int i = 0; i < uses.Length; i++)
        {
            uses[i] = new BlockUse(reader.ReadHash(), new SenderNonce(reader.ReadAddress(), new Nonce(reader.ReadUInt64())));
        }

        return new BlockEntry(number, hash, seenIn)
        {
            BaseFee = fee,
            Unverified = unverified,
            Uses = uses,
            RelayDataIn = new GlobalSeq(reader.ReadUInt64()),
            Series = ReceiptSeries.Read(ref reader),
        };
    }
}
