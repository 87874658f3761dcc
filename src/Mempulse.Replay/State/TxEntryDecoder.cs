using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.State;

/// <summary>Reads transactions of a checkpoint back and ties them to their accounts and blocks again.</summary>
internal sealed class TxEntryDecoder(LookupTable<Address, AccountEntry> accounts, CanonicalWindow window, BlockNumber? final)
{
    /// <summary>Final blocks by hash: they are in no table, but their transactions share them.</summary>
    private readonly LookupTable<Hash256, BlockRef> _finalBlocks = new();

    public TxEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag.Tx);
        var tx = new TxEntry(reader.ReadHash()) { FirstAt = new UnixNanoseconds(reader.ReadInt64()) };
        tx.Sightings.Decode(ref reader);
        bool holdsNonce = DecodePlace(ref reader, tx);
        DecodeBody(ref reader, tx);
        DecodeBlock(ref reader, tx);
        tx.Outcome = reader.ReadEnum(TxOutcome.Expired);
        tx.ReplacedBy = reader.ReadHash();
        tx.Replaces = reader.ReadHash();
        tx.WaitsSince = reader.ReadUInt64();
        tx.SettledAt = reader.ReadUInt64();
        tx.ListOrdinal = reader.ReadUInt64();
        tx.FirstSeq = new GlobalSeq(reader.ReadUInt64());
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
        if (accounts.TryGet(address, out var account))
        {
            tx.Account = account;
        }
        else if (holdsNonce)
        {
            throw reader.Malformed($"transaction {tx.Hash} names account {address}, which is not there");
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
            tx.SetBody(new TxBody(type, new Nonce(tx.Nonce), fees, reader.ReadInt32(), reader.ReadInt32()));
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
        tx.Succeeded = reader.ReadBoolean();
        tx.Block = number > final.GetValueOrDefault() || final is null ? InWindow(reader, number, hash) : FinalBlock(number, hash);
    }

    private BlockRef InWindow(in EntryReader reader, BlockNumber number, Hash256 hash) =>
        window.Find(hash) is { } block && block.Number == number
            ? block.Ref
            : throw reader.Malformed($"block {number} {hash} is neither final nor in the window");

    private BlockRef FinalBlock(BlockNumber number, Hash256 hash)
    {
        if (!_finalBlocks.TryGet(hash, out var block))
        {
            block = new BlockRef(number, hash) { IsFinal = true };
            _finalBlocks.Add(hash, block);
        }

        return block;
    }
}
