using Mempulse.Ethereum.Transactions;
using Mempulse.Features.Decoding;
using Mempulse.Features.Rules;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Trades;

/// <summary>Reads and decodes the body that a fact reports, once for all derivations of an engine.</summary>
/// <param name="rules">The rules that the log states.</param>
internal sealed class PendingTrades(IRulesView rules)
{
    private readonly CallTrades _calls = new();
    private IReadOnlyList<Trade>? _trades; // null if the body was not decoded
    private GlobalSeq _decoded;
    private Body _body;
    private GlobalSeq _read;
    private byte[] _calldata = [];
    private GlobalSeq _copied;

    /// <summary>The wrapped ether of the chain, once a body was decoded; null if the registry does not name it.</summary>
    public Address? WrappedEther => _calls.WrappedEther;

    /// <summary>The tree of a body that a fact reports.</summary>
    /// <returns>Null for any other fact, for a transaction that is not in the pool, and while no registry is in force. Valid until the next call.</returns>
    public DecodeTree? TreeOf(in Fact fact, IMempoolView pool) => Decode(fact, pool) is null ? null : _calls.Tree;

    /// <summary>The trades of a body that a fact reports.</summary>
    /// <returns>None where <see cref="TreeOf"/> is null. Valid until the next call.</returns>
    public IReadOnlyList<Trade> Of(in Fact fact, IMempoolView pool) => Decode(fact, pool) ?? [];

    /// <summary>The call that a body makes; without its data if its transaction cannot be read.</summary>
    public CallRequest CallOf(in Fact fact, IMempoolView pool)
    {
        var payload = fact.Record.Payload;
        if (_read != fact.Record.Seq)
        {
            (_read, _body) = (fact.Record.Seq, Body.In(payload));
        }

        return new CallRequest
        {
            Chain = pool.Chain,
            Block = new BlockNumber((pool.Head?.Number.Value ?? 0) + 1),
            Sender = fact.Record.SenderKey,
            Target = _body.Target,
            Value = _body.Value,
            Data = payload.Slice(_body.DataOffset, _body.DataLength),
        };
    }

    /// <summary>A copy of that call's calldata, which stays valid. Derivations that keep it share one copy.</summary>
    public byte[] CalldataOf(in Fact fact, IMempoolView pool)
    {
        if (_copied != fact.Record.Seq)
        {
            (_copied, _calldata) = (fact.Record.Seq, CallOf(fact, pool).Data.ToArray());
        }

        return _calldata;
    }

    private IReadOnlyList<Trade>? Decode(in Fact fact, IMempoolView pool)
    {
        if (fact.Kind != LogEvent.TxDecoded.KindNumber)
        {
            return null;
        }

        if (_decoded != fact.Record.Seq)
        {
            _decoded = fact.Record.Seq;
            _trades = rules.Registry is { } inForce && pool.TryGetPosition(fact.Record.TxKey, out _) ? _calls.Read(inForce.Registry, CallOf(fact, pool)) : null;
        }

        return _trades;
    }

    /// <summary>What a call takes from a body, and where its data is in the payload.</summary>
    private readonly record struct Body(Address? Target, UInt256 Value, int DataOffset, int DataLength)
    {
        public static Body In(ReadOnlySpan<byte> payload)
        {
            var fields = new PayloadReader(payload);
            var tx = NormalizedTxView.Read(ref fields);
            ReadOnlySpan<byte> data = tx.InputLength > 0 && TransactionView.TryRead(tx.Raw, out var signed) ? signed.Input : default;
            payload.Overlaps(data, out int offset);
            return new Body(tx.Recipient, tx.Value.Value, offset, data.Length);
        }
    }
}
