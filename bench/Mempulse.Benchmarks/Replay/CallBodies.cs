using System.Buffers.Binary;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Mainnet;

namespace Mempulse.Benchmarks.Replay;

/// <summary>Calls of mainnet as bodies and results of synthetic transactions, one after the other. Their bytes are encoded beforehand.</summary>
internal sealed class CallBodies(IReadOnlyList<IncludedCall> calls)
{
    private static readonly EcdsaSignature s_signature = new(UInt256.One, UInt256.One, 0);

    private readonly byte[][] _raw = [.. calls.Select(static call => TransactionEncoder.Encode(new SignedTransaction
    {
        Type = TxType.DynamicFee,
        ChainId = new ChainId(1),
        Nonce = default,
        GasLimit = new Gas(1_000_000),
        Recipient = call.Target,
        Value = new Wei(call.Value),
        MaxFeePerGas = new Wei(100_000_000_000),
        MaxPriorityFeePerGas = new Wei(1_000_000_000),
        Input = call.Data,
        Signature = s_signature,
    }))];

    /// <summary>The body of a transaction that makes the call.</summary>
    /// <param name="number">The number of the transaction.</param>
    /// <param name="payment">Its nonce and fees.</param>
    public NormalizedTx BodyOf(ulong number, NormalizedTx payment)
    {
        int index = (int)(number % (ulong)calls.Count);
        var call = calls[index];
        return payment with
        {
            GasLimit = new Gas(1_000_000),
            Recipient = call.Target,
            Value = new Wei(call.Value),
            InputLength = call.Data.Length,
            Selector = call.Data.Length < sizeof(uint) ? null : BinaryPrimitives.ReadUInt32BigEndian(call.Data.Span),
            RawBytes = _raw[index],
        };
    }

    /// <summary>The same for a transaction that is signed by its account.</summary>
    public SignedTransaction CallOf(ulong number, SignedTransaction payment)
    {
        var call = calls[(int)(number % (ulong)calls.Count)];
        return payment with { GasLimit = new Gas(1_000_000), Recipient = call.Target, Value = new Wei(call.Value), Input = call.Data };
    }

    /// <summary>What its receipt says.</summary>
    public TxResult ResultOf(ulong number, in Hash256 tx) => calls[(int)(number % (ulong)calls.Count)].Logs is { } logs
        ? new TxResult(tx, ExecutionOutcome.Succeeded, new Gas(200_000), logs, 0)
        : new TxResult(tx, ExecutionOutcome.Reverted, new Gas(200_000), [], 0);
}
