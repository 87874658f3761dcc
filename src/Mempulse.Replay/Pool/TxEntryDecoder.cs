using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Pool;

/// <summary>Reads the transactions of a checkpoint and links them to their accounts and blocks.</summary>
internal sealed class TxEntryDecoder(AccountTable accounts, CanonicalWindow window)
{
    /// <summary>Final blocks by hash. They are in no table; their transactions share them.</summary>
    private readonly LookupTable<Hash256, BlockRef> _finalBlocks = new();

    public TxEntry Decode(ref EntryReader reader)
    {
        reader.Expect(PoolTags.Tx);
        var tx = new TxEntry(reader.ReadHash()) { FirstAt = new UnixNanoseconds(reader.ReadInt64()) };
        tx.Spread.Decode(ref reader);
        bool holdsNonce = DecodePlace(ref reader, tx);
        DecodeBody(ref reader, tx);
        DecodeBlock(ref reader, tx);
        tx.Outcome = reader.ReadEnum(TxOutcome.Expired);
        tx.ReplacedBy = reader.ReadHash();
        tx.Replaces = reader.ReadHash();
        tx.WaitsSince = reader.ReadUInt64();
        tx.SettledAt = reader.ReadUInt64();
        tx.ListOrdinal = reader.ReadUInt64();
        tx.Leavings = reader.ReadBoolean() ? TxLeavings.Decode(ref reader) : null;
        if (holdsNonce)
        {
            tx.Account!.Slots.Put(tx);
        }

        return tx;
    }

    private bool DecodePlace(ref EntryReader reader, TxEntry tx)
    {
        if (!reader.ReadBoolean())
        {
            return false;
        }

        var address = reader.ReadAddress();
        tx.Nonce = reader.ReadUInt64();
        bool holdsNonce = reader.ReadBoolean();
        if (accounts.TryFind(address, out var account))
        {
            tx.Account = account;
        }
        else if (holdsNonce)
        {
            throw reader.Malformed($"transaction {tx.Hash} names account {address}, which is missing");
        }
        else
        {
            tx.Account = new AccountEntry(address);
        }

        return holdsNonce;
    }

    private static void DecodeBody(ref EntryReader reader, TxEntry tx)
    {
        if (reader.ReadBoolean())
        {
            var type = (TxType)reader.ReadByte();
            var fees = new TxFees(reader.ReadUInt256(), reader.ReadUInt256(), reader.ReadUInt256());
            tx.SetBody(new TxBody(type, new Nonce(tx.Nonce), fees, new Gas(reader.ReadUInt64()), reader.ReadInt32(), reader.ReadInt32()));
        }
    }

    private void DecodeBlock(ref EntryReader reader, TxEntry tx)
    {
        if (!reader.ReadBoolean())
        {
            return;
        }

        var number = new BlockNumber(reader.ReadUInt64());
        var hash = reader.ReadHash();
        tx.IndexInBlock = reader.ReadInt32();
        tx.SetExecution(reader.ReadEnum(ExecutionOutcome.Reverted), reader.ReadBoolean());
        bool isAbandoned = reader.ReadBoolean();
        bool isFinal = isAbandoned || number <= window.Final;
        tx.Block = isFinal ? FinalBlock(number, hash, isAbandoned) : InWindow(reader, number, hash);
    }

    private BlockRef InWindow(in EntryReader reader, BlockNumber number, Hash256 hash) =>
        window.Find(hash) is { } block && block.Number == number
            ? block.Ref
            : throw reader.Malformed($"block {number} {hash} is neither final nor in the window");

    private BlockRef FinalBlock(BlockNumber number, Hash256 hash, bool isAbandoned)
    {
        if (!_finalBlocks.TryGet(hash, out var block))
        {
            block = new BlockRef(number, hash) { IsFinal = true, IsAbandoned = isAbandoned };
            _finalBlocks.Add(block);
        }

        return block;
    }
}
