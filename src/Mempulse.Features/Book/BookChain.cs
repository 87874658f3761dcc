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

    /// <summary>The next block, while a part of its receipts was applied; the zero hash otherwise.</summary>
    public Hash256 Applying { get; private set; }

    /// <summary>Index of the receipt with which the next part has to begin.</summary>
    public int NextReceipt { get; set; }

    /// <summary>Index of the log with which it has to begin: a receipt may be continued from part to part.</summary>
    public int NextLog { get; set; }

    /// <summary>Readings of pools that came too late or for nothing.</summary>
    public ulong NotTaken { get; set; }

    /// <summary>Contracts that the block being applied touched so far.</summary>
    public SortedSet<Address> Touching { get; } = [];

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
        Drop();
        Recent.Clear();
        Empty.Clear();
    }

    /// <summary>Begins to apply a block.</summary>
    public void Begin(Hash256 block)
    {
        Drop();
        Applying = block;
    }

    /// <summary>Drops what was applied of the next block.</summary>
    public void Drop()
    {
        (Applying, NextReceipt, NextLog) = (default, 0, 0);
        Touching.Clear();
    }

    /// <summary>All events of the next block were applied.</summary>
    public void Complete(Hash256 block)
    {
        Number = new BlockNumber(Number.Value + 1);
        Hash = block;
        Recent.Add(new RecentBlock(Number, [.. Touching]));
        if (Recent.Count > MaxRecent)
        {
            Recent.RemoveAt(0);
        }

        Empty.Remove(block);
        Drop();
    }

    /// <summary>Goes back to the parent of the head.</summary>
    public void Undo(Hash256 parent)
    {
        Recent.RemoveAll(block => block.Number == Number);
        Number = new BlockNumber(Number.Value - 1);
        Hash = parent;
        Drop();
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
        if (Touching.Contains(contract))
        {
            return false;
        }

        for (ulong height = number.Value + 1; height <= Number.Value; height++)
        {
            var block = Recent.Find(recent => recent.Number.Value == height);
            if (block is null || block.Touches(contract))
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
        writer.Write(Applying);
        writer.WriteCount(NextReceipt);
        writer.WriteCount(NextLog);
        writer.Write(NotTaken);
        WriteAll(writer, Touching);
        writer.WriteCount(Empty.Count);
        foreach (var block in Empty)
        {
            writer.Write(block);
        }

        writer.WriteCount(Recent.Count);
        foreach (var block in Recent)
        {
            writer.Write(block.Number.Value);
            WriteAll(writer, block.Contracts);
        }
    }

    public static BookChain Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var chain = new BookChain
        {
            Number = new BlockNumber(reader.ReadUInt64()),
            Hash = reader.ReadHash(),
            Applying = reader.ReadHash(),
            NextReceipt = reader.ReadInt32(),
            NextLog = reader.ReadInt32(),
            NotTaken = reader.ReadUInt64(),
        };
        chain.Touching.UnionWith(ReadAll(ref reader));
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            chain.Empty.Add(reader.ReadHash());
        }

        for (int left = reader.ReadCount(); left > 0; left--)
        {
            chain.Recent.Add(new RecentBlock(new BlockNumber(reader.ReadUInt64()), ReadAll(ref reader)));
        }

        return chain;
    }

    private static void WriteAll(EntryWriter writer, IReadOnlyCollection<Address> contracts)
    {
        writer.WriteCount(contracts.Count);
        foreach (var contract in contracts)
        {
            writer.Write(contract);
        }
    }

    private static Address[] ReadAll(ref EntryReader reader)
    {
        var contracts = new Address[reader.ReadCount()];
        for (int i = 0; i < contracts.Length; i++)
        {
            contracts[i] = reader.ReadAddress();
        }

        return contracts;
    }
}
