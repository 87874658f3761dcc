using Mempulse.Ethereum.Kzg;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Ethereum.Verification;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Decoding;

/// <summary>Turns raw bodies of one chain's transactions into records. Each worker has its own.</summary>
/// <remarks>
/// Confined to its worker's thread. Reuses its scratch memory, so that it allocates nothing for a valid body once warm. A blob transaction is recorded
/// without its sidecar, as in a block; the proofs of a sidecar are verified first.
/// </remarks>
public sealed class TransactionBodyDecoder
{
    private readonly TransactionDecoder _decoder;
    private readonly BlobProofVerifier _proofs = new();

    /// <summary>Creates a decoder that recovers senders with <paramref name="recovery"/>.</summary>
    public TransactionBodyDecoder(ChainId chain, ISenderRecovery recovery) =>
        _decoder = new TransactionDecoder(recovery, TransactionRules.For(chain));

    /// <summary>Returns a factory of decoders that use the fastest recovery available on this machine.</summary>
    public static Func<TransactionBodyDecoder> For(ChainId chain) =>
        () => new TransactionBodyDecoder(chain, SenderRecovery.CreateBest());

    /// <summary>Verifies <paramref name="raw"/> and adds one record, or adds nothing and returns why.</summary>
    /// <param name="raw">The bytes in consensus or network form.</param>
    /// <param name="expected">The hash that they must have; the zero hash for any.</param>
    /// <param name="into">Where the record goes.</param>
    /// <param name="meta">The record's metadata.</param>
    internal BodyOutcome Decode(ReadOnlySpan<byte> raw, Hash256 expected, EventBatch into, in RecordMeta meta)
    {
        if (!VerifiedTx.TryVerify(_decoder, _proofs, raw, expected, out var tx, out var failure))
        {
            return BodyOutcome.Failed(failure.Hash, ReasonOf(failure.Error), failure.ToString()) with { IsFaultOfCopy = failure.IsOfCopy };
        }

        tx.AddTo(into, meta);
        return BodyOutcome.Decoded(tx.Hash, tx.Sender);
    }

    private static DropReason ReasonOf(TxDecodeError error) => error switch
    {
        TxDecodeError.Oversize => DropReason.Oversize,
        TxDecodeError.None or TxDecodeError.WrongChain => DropReason.InvalidProtocol, // valid, but not what was requested
        _ => DropReason.DecodeFail,
    };
}
