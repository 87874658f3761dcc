using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Markets;

/// <summary>Where the markets are on the chain: the block whose events were applied last, and what is known of those around it.</summary>
internal sealed class MarketChain : StateEntry
{
    public const byte EntryTag = 0x50;

    /// <summary>Blocks whose moves are kept, so that what was read at one of them can still be taken.</summary>
    public const int MaxRecent = 16;

    /// <summary>Blocks whose time is kept.</summary>
    public const int MaxKnown = 64;

    public override byte Tag => EntryTag;

    /// <summary>The height of the last block whose events were applied.</summary>
    public BlockNumber Number { get; private set; }

    /// <summary>That block; the zero hash while no block is known.</summary>
    public Hash256 Hash { get; private set; }

    /// <summary>Its time in Unix seconds.</summary>
    public ulong Time { get; private set; }

    /// <summary>The next block, while a part of its receipts was read; the zero hash otherwise.</summary>
    public Hash256 Applying { get; private set; }

    /// <summary>Index of the receipt with which the next part has to begin.</summary>
    public int NextReceipt { get; set; }

    /// <summary>Index of the log with which it has to begin.</summary>
    public int NextLog { get; set; }

    /// <summary>Readings that came too late or for nothing.</summary>
    public ulong NotTaken { get; set; }

    /// <summary>Accounts that left because others borrowed later.</summary>
    public ulong AccountsLeft { get; set; }

    /// <summary>What the events of the block being read say; they are applied once all of them are there.</summary>
    public List<MarketMove> Moves { get; } = [];

    /// <summary>The blocks before, oldest first.</summary>
    public List<MovedBlock> Recent { get; } = [];

    /// <summary>Blocks that were observed, oldest first.</summary>
    public List<KnownBlock> Known { get; } = [];

    /// <summary>True if the events of every block from here on are applied.</summary>
    public bool IsKnown => !Hash.IsZero;

    /// <summary>Begins at a block; its own events are not needed.</summary>
    public void Start(BlockNumber number, Hash256 hash, ulong time)
    {
        (Number, Hash, Time) = (number, hash, time);
        Drop();
        Recent.Clear();
    }

    /// <summary>Begins to read a block.</summary>
    public void Begin(Hash256 block)
    {
        Drop();
        Applying = block;
    }

    /// <summary>Drops what was read of the next block.</summary>
    public void Drop()
    {
        (Applying, NextReceipt, NextLog) = (default, 0, 0);
        Moves.Clear();
    }

    /// <summary>All events of the next block were read.</summary>
    public void Complete(in KnownBlock block)
    {
        (Number, Hash, Time) = (new BlockNumber(Number.Value + 1), block.Hash, block.Time);
        Recent.Add(new MovedBlock(Number, Time, [.. Moves]));
        if (Recent.Count > MaxRecent)
        {
            Recent.RemoveAt(0);
        }

        Drop();
    }

    /// <summary>Goes back to the parent of the head.</summary>
    public void Undo(Hash256 parent)
    {
        Recent.RemoveAll(block => block.Number == Number);
        (Number, Hash, Time) = (new BlockNumber(Number.Value - 1), parent, Find(parent)?.Time ?? 0);
        Drop();
    }

    /// <summary>Remembers a block that was observed.</summary>
    public void Add(in KnownBlock block)
    {
        Known.Add(block);
        if (Known.Count > MaxKnown)
        {
            Known.RemoveAt(0);
        }
    }

    /// <summary>A block that was observed.</summary>
    public KnownBlock? Find(Hash256 hash)
    {
        int place = Known.FindLastIndex(known => known.Hash == hash);
        return place < 0 ? null : Known[place];
    }

    /// <summary>The blocks after a height up to the head.</summary>
    /// <returns>Null if one of them is no longer kept.</returns>
    public IReadOnlyList<MovedBlock>? Since(BlockNumber number)
    {
        if (number > Number)
        {
            return null;
        }

        var blocks = Recent.FindAll(block => block.Number > number);
        return (ulong)blocks.Count == Number.Value - number.Value ? blocks : null;
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Number.Value);
        writer.Write(Hash);
        writer.Write(Time);
        writer.Write(Applying);
        writer.WriteCount(NextReceipt);
        writer.WriteCount(NextLog);
        writer.Write(NotTaken);
        writer.Write(AccountsLeft);
        WriteAll(writer, Moves);
        writer.WriteCount(Known.Count);
        foreach (var block in Known)
        {
            writer.Write(block.Hash);
            writer.Write(block.Time);
            writer.Write(block.IsEmpty);
        }

        writer.WriteCount(Recent.Count);
        foreach (var block in Recent)
        {
            writer.Write(block.Number.Value);
            writer.Write(block.Time);
            WriteAll(writer, block.Moves);
        }
    }

    public static MarketChain Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var chain = new MarketChain
        {
            Number = new BlockNumber(reader.ReadUInt64()),
            Hash = reader.ReadHash(),
            Time = reader.ReadUInt64(),
            Applying = reader.ReadHash(),
            NextReceipt = reader.ReadInt32(),
            NextLog = reader.ReadInt32(),
            NotTaken = reader.ReadUInt64(),
            AccountsLeft = reader.ReadUInt64(),
        };
        chain.Moves.AddRange(ReadAll(ref reader));
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            chain.Known.Add(new KnownBlock(reader.ReadHash(), reader.ReadUInt64(), reader.ReadBoolean()));
        }

        for (int left = reader.ReadCount(); left > 0; left--)
        {
            chain.Recent.Add(new MovedBlock(new BlockNumber(reader.ReadUInt64()), reader.ReadUInt64(), ReadAll(ref reader)));
        }

        return chain;
    }

    private static void WriteAll(EntryWriter writer, IReadOnlyList<MarketMove> moves)
    {
        writer.WriteCount(moves.Count);
        foreach (var move in moves)
        {
            move.Encode(writer);
        }
    }

    private static MarketMove[] ReadAll(ref EntryReader reader)
    {
        var moves = new MarketMove[reader.ReadCount()];
        for (int i = 0; i < moves.Length; i++)
        {
            moves[i] = MarketMove.Decode(ref reader);
        }

        return moves;
    }
}
