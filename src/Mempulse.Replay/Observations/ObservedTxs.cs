using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.State;

namespace Mempulse.Replay.Observations;

/// <summary>Transactions observed lately, in the order in which they came up; the oldest gives way.</summary>
internal sealed class ObservedTxs(DigestLedger ledger)
{
    /// <summary>Most transactions: more than an hour of mainnet's busiest day.</summary>
    public const int Limit = 131_072;

    private readonly LookupTable<Hash256, ObservedTx> _byHash = new();
    private readonly Queue<ObservedTx> _order = new();
    private ObservedTx? _unused;
    private ulong _lastNumber;

    /// <summary>Number of transactions.</summary>
    public int Count => _order.Count;

    public bool TryFind(in Hash256 hash, [NotNullWhen(true)] out ObservedTx? tx) => _byHash.TryGet(hash, out tx);

    /// <summary>Takes up a transaction that is not there.</summary>
    /// <param name="hash">The transaction.</param>
    /// <param name="at">When it came up, Unix nanoseconds.</param>
    /// <param name="wasWaiting">True when an older one gave way that no block had yet.</param>
    public ObservedTx Admit(in Hash256 hash, long at, out bool wasWaiting)
    {
        wasWaiting = false;
        if (Count == Limit)
        {
            _unused = _order.Dequeue();
            wasWaiting = _unused.IncludedAt == 0;
            _byHash.Remove(_unused.Hash);
            ledger.Remove(_unused);
        }

        var tx = _unused ?? new ObservedTx();
        _unused = null;
        tx.Begin(hash, ++_lastNumber, at);
        Add(tx);
        return tx;
    }

    public void Save(EntryWriter writer)
    {
        writer.Write(_lastNumber);
        writer.WriteCount(_order.Count);
        foreach (var tx in _order)
        {
            tx.Encode(writer);
        }
    }

    public void Restore(ref EntryReader reader)
    {
        _lastNumber = reader.ReadUInt64();
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            Add(ObservedTx.Decode(ref reader));
        }
    }

    private void Add(ObservedTx tx)
    {
        _byHash.Add(tx.Hash, tx);
        _order.Enqueue(tx);
        ledger.Mark(tx);
    }
}
