using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Book;

/// <summary>Where the book is on the chain: the block whose events were applied last, and what is known of those around it.</summary>
internal sealed class BookChain : StateEntry
{
    public const byte EntryTag = 0x3c;

    /// <summary>Blocks whose touched contracts are kept, so that a pool which was read at one of them can still be taken.</summary>
    public const int MaxRecent = 8;

    /// <summary>Blocks above the head that have no transactions.</summary>
    public const int MaxEmpty = 16;

    public override byte Tag => EntryTag;

    /// <summary>The height of the last block whose events were applied.</summary>
    public BlockNumber Number { get; private set; }

    /// <summary>That block; the zero hash while no block is known.</summary>
    public Hash256 Hash { get; private set; }

    /// <summary>The version of the registry whose factories the pairs were asked for with.</summary>
    public Hash256 Registry { get; set; }

    /// <summary>The next block, as far as its receipts came.</summary>
    public NextBlock Next { get; } = new();

    /// <summary>What was counted.</summary>
    public BookTotals Totals { get; } = new();

    /// <summary>Blocks above the head without transactions, oldest first.</summary>
    public List<Hash256> Empty { get; } = [];

    /// <summary>The blocks before, oldest first.</summary>
    public List<RecentBlock> Recent { get; } = [];

    /// <summary>True if the events of every block from here on are applied.</summary>
    public bool IsKnown => !Hash.IsZero;

    /// <summary>Begins at a block; its own events are not needed.</summary>
    public void Start(BlockNumber number, Hash256 hash)
    {
        (Number, Hash) = (number, hash);
        Next.Drop();
        Recent.Clear();
        Empty.Clear();
    }

    /// <summary>All events of the next block were applied.</summary>
    public void Complete(Hash256 block)
    {
        Number = new BlockNumber(Number.Value + 1);
        Hash = block;
        Recent.Add(new RecentBlock(Number, Next.IsFollowed ? [.. Next.Touched] : null));
        if (Recent.Count > MaxRecent)
        {
            Recent.RemoveAt(0);
        }

        Empty.Remove(block);
        Next.Drop();
    }

    /// <summary>Goes back to the parent of the head.</summary>
    public void Undo(Hash256 parent)
    {
        Recent.RemoveAll(block => block.Number == Number);
        Number = new BlockNumber(Number.Value - 1);
        Hash = parent;
        Next.Drop();
    }

    /// <summary>Remembers a block without transactions.</summary>
    public void AddEmpty(Hash256 block)
    {
        Empty.Add(block);
        if (Empty.Count > MaxEmpty)
        {
            Empty.RemoveAt(0);
        }
    }

    /// <summary>Returns true if no block after a height touched a contract, as far as is known.</summary>
    public bool IsUntouchedSince(BlockNumber number, in Address contract)
    {
        if (!Next.IsFollowed || Next.Touched.Contains(contract))
        {
            return false;
        }

        for (ulong height = number.Value + 1; height <= Number.Value; height++)
        {
            var block = Recent.Find(recent => recent.Number.Value == height);
            if (block is null || block.MayTouch(contract))
            {
                return false;
            }
        }

        return true;
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Number.Value);
        writer.Write(Hash);
        writer.Write(Registry);
        Next.Encode(writer);
        Totals.Encode(writer);
        writer.WriteCount(Empty.Count);
        foreach (var block in Empty)
        {
            writer.Write(block);
        }

        writer.WriteCount(Recent.Count);
        foreach (var block in Recent)
        {
            block.Encode(writer);
        }
    }

    public static BookChain Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var chain = new BookChain { Number = new BlockNumber(reader.ReadUInt64()), Hash = reader.ReadHash(), Registry = reader.ReadHash() };
        chain.Next.Decode(ref reader);
        chain.Totals.Decode(ref reader);
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            chain.Empty.Add(reader.ReadHash());
        }

        for (int left = reader.ReadCount(); left > 0; left--)
        {
            chain.Recent.Add(RecentBlock.Decode(ref reader));
        }

        return chain;
    }
}
