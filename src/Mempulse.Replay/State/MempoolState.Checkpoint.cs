using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;

namespace Mempulse.Replay.State;

/// <summary>Saving and restoring. Entries stand in ascending order of key or number, so one state has one encoding.</summary>
internal sealed partial class MempoolState
{
    public void Save(EntryWriter writer)
    {
        Chain.LastOrdinals = CurrentOrdinals();
        Chain.Encode(writer);
        SaveTable(writer, Sources.Sorted());
        SaveTable(writer, _accounts.SortedByKey());
        writer.WriteCount(Window.Count);
        for (int i = 0; i < Window.Count; i++)
        {
            Window[i].Encode(writer);
        }

        var txs = _txs.SortedByKey();
        writer.WriteCount(txs.Count);
        foreach (var tx in txs)
        {
            tx.Encode(writer);
            writer.Write(tx.FirstSeq.Value);
        }

        SaveTable(writer, _settledHashes.SortedByKey());
    }

    public static MempoolState Restore(ref EntryReader reader)
    {
        var state = new MempoolState(ChainEntry.Decode(ref reader));
        state.Sources.Restore(ref reader, state.Chain.LastOrdinals.GoneSources);
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var account = AccountEntry.Decode(ref reader);
            state._accounts.Add(account.Address, account);
            state.Changed(account);
        }

        state.RestoreWindow(ref reader);
        state.RestoreTxs(ref reader);
        state.RestoreSettledHashes(ref reader);
        state.RestoreAccounts();
        return state;
    }

    private static void SaveTable<T>(EntryWriter writer, IReadOnlyList<T> entries)
        where T : DigestedEntry
    {
        writer.WriteCount(entries.Count);
        foreach (var entry in entries)
        {
            entry.Encode(writer);
        }
    }

    private void RestoreWindow(ref EntryReader reader)
    {
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var block = CanonicalBlock.Decode(ref reader, _accounts);
            if (Window.Top is { } top && top.Number >= block.Number)
            {
                throw reader.Malformed($"block {block.Number} does not rise above {top.Number}");
            }

            Window.Push(block);
            Changed(block);
        }
    }

    private void RestoreTxs(ref EntryReader reader)
    {
        var decoder = new TxEntryDecoder(_accounts, Window, Chain.Final);
        List<TxEntry> listed = [];
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var tx = decoder.Decode(ref reader);
            if (!_txs.TryGet(tx.Hash, out _))
            {
                _txs.Add(tx.Hash, tx);
                Changed(tx);
            }

            if (tx.ListOrdinal != 0)
            {
                listed.Add(tx);
            }
        }

        listed.Sort(static (a, b) => a.ListOrdinal != b.ListOrdinal ? a.ListOrdinal.CompareTo(b.ListOrdinal) : a.Hash.CompareTo(b.Hash));
        foreach (var tx in listed)
        {
            (tx.IsWaiting ? Waiting : Settled).Restore(tx, tx.ListOrdinal);
        }

        Waiting.RestoreLastOrdinal(Chain.LastOrdinals.Waiting);
        Settled.RestoreLastOrdinal(Chain.LastOrdinals.Settled);
    }

    private void RestoreSettledHashes(ref EntryReader reader)
    {
        List<SettledHash> listed = [];
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var settled = SettledHash.Decode(ref reader);
            _settledHashes.Add(settled.Hash, settled);
            listed.Add(settled);
            Changed(settled);
        }

        listed.Sort(static (a, b) => a.ListOrdinal != b.ListOrdinal ? a.ListOrdinal.CompareTo(b.ListOrdinal) : a.Hash.CompareTo(b.Hash));
        foreach (var settled in listed)
        {
            _settledHashOrder.Restore(settled, settled.ListOrdinal);
        }

        _settledHashOrder.RestoreLastOrdinal(Chain.LastOrdinals.SettledHashes);
    }

    /// <summary>Rebuilds what follows from the entries: ready ends, idle order, counts by state.</summary>
    private void RestoreAccounts()
    {
        List<AccountEntry> idle = [];
        foreach (var account in _accounts.SortedByKey())
        {
            account.ReadyEnd = account.ComputeReadyEnd();
            if (account.ListOrdinal != 0)
            {
                idle.Add(account);
            }
        }

        idle.Sort(static (a, b) => a.ListOrdinal != b.ListOrdinal ? a.ListOrdinal.CompareTo(b.ListOrdinal) : a.Address.CompareTo(b.Address));
        foreach (var account in idle)
        {
            _idleAccounts.Restore(account, account.ListOrdinal);
        }

        _idleAccounts.RestoreLastOrdinal(Chain.LastOrdinals.IdleAccounts);
        foreach (var tx in _txs.SortedByKey())
        {
            Moved(TxState.Unknown, tx.State);
        }
    }
}
