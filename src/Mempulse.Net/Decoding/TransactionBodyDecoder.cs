using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Kzg;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Decoding;

/// <summary>Decodes the transactions of one chain, in consensus or network form.</summary>
/// <remarks>Confined to its worker's thread. A blob transaction is recorded without its sidecar, as it stands in a block; where it came with one, its
/// KZG proofs are verified first.</remarks>
public sealed class TransactionBodyDecoder : IBodyDecoder
{
    private readonly TransactionDecoder _decoder;
    private readonly BlobProofVerifier _proofs = new();

    /// <summary>A decoder that recovers senders with <paramref name="recovery"/>.</summary>
    public TransactionBodyDecoder(ChainId chain, ISenderRecovery recovery) =>
        _decoder = new TransactionDecoder(recovery, TransactionRules.For(chain));

    /// <summary>What makes a decoder for each worker, with the fastest recovery this machine has.</summary>
    public static Func<IBodyDecoder> For(ChainId chain) =>
        () => new TransactionBodyDecoder(chain, SenderRecovery.CreateBest());

    /// <inheritdoc/>
    public BodyOutcome Decode(ReadOnlySpan<byte> raw, Hash256 expected, EventBatch into, in RecordMeta meta)
    {
        if (!_decoder.TryDecode(raw, TxForm.Any, out var tx, out var failure))
        {
            var hashOfBytes = Keccak256.Hash(raw);
            return BodyOutcome.Failed(hashOfBytes, ReasonOf(failure.Error), failure.ToString()) with { IsFaultOfCopy = hashOfBytes != expected };
        }

        var hash = tx.ComputeHash();
        if (!expected.IsZero && hash != expected)
        {
            return BodyOutcome.Failed(hash, DropReason.InvalidProtocol, $"The body hashes to {hash}, which was not asked for.") with { IsFaultOfCopy = true };
        }

        if (!_decoder.TryRecover(ref tx, out var sender, out failure))
        {
            return BodyOutcome.Failed(hash, ReasonOf(failure.Error), failure.ToString());
        }

        failure = _proofs.Verify(tx);
        if (failure.Error != TxDecodeError.None)
        {
            // A hash covers what stands in a block, not the sidecar.
            return BodyOutcome.Failed(hash, ReasonOf(failure.Error), failure.ToString()) with { IsFaultOfCopy = true };
        }

        into.AddDecoded(hash, sender, tx, meta);
        return BodyOutcome.Decoded(hash, sender);
    }

    private static DropReason ReasonOf(TxDecodeError error) => error switch
    {
        TxDecodeError.Oversize => DropReason.Oversize,
        TxDecodeError.WrongChain => DropReason.InvalidProtocol,
        _ => DropReason.DecodeFail,
    };
}
