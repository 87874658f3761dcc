using Mempulse.Features.Reasons;
using Mempulse.Features.Traits;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Cases;

/// <summary>Which facts the opportunities and bundles of a case are about: their transactions, pools, blocks and requests.</summary>
internal sealed class FactScope
{
    private readonly SortedSet<Hash256> _txs = [];
    private readonly SortedSet<Hash256> _subjects = [];
    private readonly SortedSet<Address> _senders = [];
    private readonly SortedSet<(Address Contract, Hash256 Id)> _pools = [];
    private readonly SortedSet<Address> _contracts = [];
    private readonly SortedSet<Hash256> _bases = [];
    private readonly ILoggedRecords _log;

    /// <summary>Reads what the records of a case are about.</summary>
    /// <param name="records">The records.</param>
    /// <param name="log">The log.</param>
    public FactScope(IEnumerable<LoggedRecord> records, ILoggedRecords log)
    {
        _log = log;
        foreach (var record in records)
        {
            if (CaseFold.IsCompared(record))
            {
                Last = new GlobalSeq(Math.Max(Last.Value, record.View.Cause.Value));
                _subjects.Add(CaseFold.EventOf(record).Id);
            }

            switch (LogEvent.Decode(record.View))
            {
                case LogEvent.OppDetected detected:
                    Add(detected);
                    break;
                case LogEvent.BundleBuilt built:
                    _bases.Add(built.Base);
                    _txs.UnionWith(built.Transactions.Select(static tx => tx.Hash));
                    _senders.UnionWith(built.Transactions.Select(static tx => tx.Sender));
                    break;
                default:
                    break;
            }
        }

        BaseAt = _bases.Select(block => FirstBlockOf(block, 1)).DefaultIfEmpty(Last).Min();
        TrendAt = _bases.Select(block => FirstBlockOf(block, FeeOutlook.TrendBlocks)).DefaultIfEmpty(Last).Min();
    }

    /// <summary>The last fact from which a compared event follows; <see cref="GlobalSeq.None"/> without one.</summary>
    public GlobalSeq Last { get; private set; }

    /// <summary>The record of the first base block.</summary>
    public GlobalSeq BaseAt { get; }

    /// <summary>The record of the oldest block whose fees count in a score.</summary>
    public GlobalSeq TrendAt { get; }

    /// <summary>True for a fact that is about one of the opportunities and bundles, or about what they are made of.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="since">From where on blocks count.</param>
    public bool Has(ScannedFact fact, GlobalSeq since) => fact.Kind switch
    {
        LogEvent.RulesLoaded.KindNumber or LogEvent.EpochStarted.KindNumber => true,
        LogEvent.PoolObserved.KindNumber => fact.Decode() is LogEvent.PoolObserved pool && _pools.Contains((pool.Contract, pool.Id)),
        LogEvent.MarketObserved.KindNumber => fact.Decode() is LogEvent.MarketObserved market && _contracts.Contains(market.Market),
        LogEvent.ReceiptsObserved.KindNumber => fact.Seq >= since && IsAbout(ReceiptsView.Read(fact.Record.View)),
        LogEvent.AccountNonceObserved.KindNumber or LogEvent.AccountStateObserved.KindNumber => fact.Record.View.TryGetKey(KeyKind.Sender, out var sender) && _senders.Contains(sender.ToAddress()),
        _ when fact.Tx is { } tx => _txs.Contains(tx),
        _ when fact.Subjects.Count > 0 => fact.Subjects.Any(_subjects.Contains),
        _ => fact.Seq >= since && fact.Block is not null,
    };

    private void Add(LogEvent.OppDetected detected)
    {
        _bases.Add(detected.Base);
        _txs.Add(detected.Trigger);
        _txs.UnionWith(detected.Before);
        foreach (var tx in detected.Before.Append(detected.Trigger))
        {
            if (_log.First(EventKey.Tx(tx), 16).FirstOrDefault(static record => record.View.Kind == LogEvent.TxDecoded.KindNumber) is { } decoded)
            {
                _senders.Add(decoded.View.SenderKey);
            }
        }

        foreach (var leg in detected.Legs)
        {
            _pools.Add((leg.Pool, leg.PoolId));
            _contracts.Add(leg.Pool);
        }
    }

    /// <summary>The record of the oldest of some blocks that the log has and that end with a given one.</summary>
    private GlobalSeq FirstBlockOf(Hash256 last, int count)
    {
        var first = Last;
        for (var block = last; count > 0; count--)
        {
            if (_log.First(EventKey.Block(block), 16).FirstOrDefault(static record => record.View.Kind == LogEvent.BlockObserved.KindNumber) is not { } record)
            {
                break;
            }

            first = record.Seq;
            block = ((LogEvent.BlockObserved)LogEvent.Decode(record.View)!).ParentHash;
        }

        return first;
    }

    private bool IsAbout(in ReceiptsView receipts)
    {
        foreach (var receipt in receipts)
        {
            if (_txs.Contains(receipt.Tx))
            {
                return true;
            }

            foreach (var log in receipt)
            {
                if (_contracts.Contains(log.Account))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
