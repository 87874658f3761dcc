using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Transactions;
using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Cases;

/// <summary>Which transactions must not be in a case that anyone may read.</summary>
internal sealed class CaseSecrets
{
    private readonly ILoggedRecords _log;
    private readonly SortedDictionary<Address, ulong> _next = [];
    private readonly EvmTransactionReader _reader = new(SenderRecovery.CreateBest(), TransactionRules.AnyChain);

    /// <summary>Reads which nonces the blocks of a case used.</summary>
    /// <param name="records">The records of the case.</param>
    /// <param name="log">The log up to the position of the case.</param>
    public CaseSecrets(IEnumerable<LoggedRecord> records, ILoggedRecords log)
    {
        _log = log;
        foreach (var record in records.Where(static record => record.View.Kind == LogEvent.BlockObserved.KindNumber))
        {
            foreach (var tx in ((LogEvent.BlockObserved)LogEvent.Decode(record.View)!).Transactions)
            {
                _next[tx.Sender] = Math.Max(_next.GetValueOrDefault(tx.Sender), tx.Nonce.Value + 1);
            }
        }
    }

    /// <summary>
    /// True for a transaction with a valid signature that was never announced, and whose nonce no block of the case used: anyone who has it can send it. One whose nonce is
    /// used can never be executed again.
    /// </summary>
    /// <param name="raw">The transaction.</param>
    /// <param name="made">Accounts whose ether exists only in a simulation.</param>
    public bool IsSecret(ReadOnlyMemory<byte> raw, IEnumerable<Address> made) =>
        _reader.TryRead(raw.Span, out var tx, out var hash, out _)
        && !made.Contains(tx!.Sender)
        && tx.Nonce >= _next.GetValueOrDefault(tx.Sender)
        && !_log.First(EventKey.Tx(hash), 4).Any(static record => record.View.Kind is LogEvent.TxSeen.KindNumber or LogEvent.TxDecoded.KindNumber);
}
