using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Pool;

/// <summary>A block above finality, with what is needed to undo it.</summary>
internal sealed class CanonicalBlock(BlockRef reference, Hash256 parentHash, ulong timestampSeconds, int size) : StateEntry
{
    public override byte Tag => PoolTags.Block;

    /// <summary>The reference that its transactions share.</summary>
    public BlockRef Ref { get; } = reference;

    public BlockNumber Number => Ref.Number;

    public Hash256 Hash => Ref.Hash;

    public Hash256 ParentHash { get; } = parentHash;

    public ulong TimestampSeconds { get; } = timestampSeconds;

    /// <summary>The transactions it included, in order. One that has moved since refers to another block.</summary>
    public List<Hash256> Transactions { get; } = new(size);

    /// <summary>Each nonce before its move, in the order of the moves.</summary>
    public List<NonceBefore> Undo { get; } = new(size);

    /// <summary>Number of transactions in the block.</summary>
    public int Size { get; private set; } = size;

    /// <summary>Number of leading transactions whose receipts are on record.</summary>
    public int ReceiptCount { get; private set; }

    /// <summary>The block as the views return it.</summary>
    public ChainBlock View => new(Number, Hash, ParentHash);

    /// <summary>Counts receipts that continue those on record. Others leave a hole before them and count once it is filled.</summary>
    public void AddReceipts(int first, int count)
    {
        if (first <= ReceiptCount)
        {
            ReceiptCount = Math.Max(ReceiptCount, (int)Math.Min((long)first + count, Size));
        }
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Number.Value);
        writer.Write(Hash);
        writer.Write(ParentHash);
        writer.Write(TimestampSeconds);
        writer.WriteCount(Size);
        writer.WriteCount(ReceiptCount);
        writer.WriteCount(Transactions.Count);
        foreach (var hash in Transactions)
        {
            writer.Write(hash);
        }

        writer.WriteCount(Undo.Count);
        foreach (var before in Undo)
        {
            writer.Write(before.Account.Address);
            writer.Write(before.Next);
            writer.Write((byte)before.Knowledge);
            writer.Write(before.KnownAtGap);
        }
    }

    public static CanonicalBlock Decode(ref EntryReader reader, AccountTable accounts)
    {
        reader.Expect(PoolTags.Block);
        var reference = new BlockRef(new BlockNumber(reader.ReadUInt64()), reader.ReadHash());
        var block = new CanonicalBlock(reference, reader.ReadHash(), reader.ReadUInt64(), size: 0) { Size = reader.ReadInt32(), ReceiptCount = reader.ReadInt32() };
        if (block.ReceiptCount > block.Size)
        {
            throw reader.Malformed($"block {block.Number} has {block.ReceiptCount} receipts of {block.Size} transactions");
        }

        for (int left = reader.ReadCount(); left > 0; left--)
        {
            block.Transactions.Add(reader.ReadHash());
        }

        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var address = reader.ReadAddress();
            if (!accounts.TryFind(address, out var account))
            {
                throw reader.Malformed($"block {block.Number} names account {address}, which is missing");
            }

            account.Pins++;
            block.Undo.Add(new NonceBefore(account, reader.ReadUInt64(), reader.ReadEnum(NonceKnowledge.Chain), reader.ReadUInt64()));
        }

        return block;
    }
}
