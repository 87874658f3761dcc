using Mempulse.Ethereum.Transactions;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Trades;

/// <summary>Decodes the body that a fact reports, once for all derivations of an engine.</summary>
/// <param name="rules">The rules that the log states.</param>
internal sealed class PendingTrades(IRulesView rules)
{
    private static readonly IReadOnlyList<Trade> s_none = [];

    private readonly CallTrades _calls = new();
    private IReadOnlyList<Trade> _trades = s_none;
    private GlobalSeq _decoded;

    /// <summary>The tree of the last body that trades.</summary>
    public DecodeTree Tree => _calls.Tree;

    /// <summary>The trades of a body that a fact reports, if its transaction is in the pool.</summary>
    /// <returns>None for any other fact. Valid until the next call.</returns>
    public IReadOnlyList<Trade> Of(in Fact fact, IMempoolView pool)
    {
        if (fact.Kind != LogEvent.TxDecoded.KindNumber)
        {
            return s_none;
        }

        if (_decoded != fact.Record.Seq)
        {
            _decoded = fact.Record.Seq;
            _trades = rules.Registry is { } inForce ? Read(fact, pool, inForce.Registry) : s_none;
        }

        return _trades;
    }

    /// <summary>The call that a body makes; without its data if its transaction cannot be read.</summary>
    public static CallRequest CallOf(in Fact fact, IMempoolView pool)
    {
        var fields = new PayloadReader(fact.Record.Payload);
        var tx = NormalizedTxView.Read(ref fields);
        return new CallRequest
        {
            Chain = pool.Chain,
            Block = new BlockNumber((pool.Head?.Number.Value ?? 0) + 1),
            Sender = fact.Record.SenderKey,
            Target = tx.Recipient,
            Value = tx.Value.Value,
            Data = TransactionView.TryRead(tx.Raw, out var signed) ? signed.Input : default,
        };
    }

    private IReadOnlyList<Trade> Read(in Fact fact, IMempoolView pool, ContractRegistry registry)
    {
        var fields = new PayloadReader(fact.Record.Payload);
        var tx = NormalizedTxView.Read(ref fields);
        return tx.Selector is { } selector && CallTrades.MayTrade(registry, pool.Chain, tx.Recipient, new BlockNumber((pool.Head?.Number.Value ?? 0) + 1), selector) && pool.TryGetTx(fact.Record.TxKey, out _)
            ? _calls.Read(registry, CallOf(fact, pool))
            : s_none;
    }
}
