using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Kzg;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Ethereum.Verification;

/// <summary>A transaction that decodes, with a verified hash, a recovered sender and valid blob proofs: only this is recorded as decoded.</summary>
/// <remarks>
/// <para>The stages are types, and only the one before makes the next: raw bytes, <see cref="TransactionView"/> (decoded), this, a record.
/// <see cref="TryVerify"/> is the only way to an instance. <c>default</c> is not one, and <see cref="AddTo"/> rejects it.</para>
/// <para>Valid as long as the raw bytes are, and until the decoder is used again.</para>
/// </remarks>
public readonly ref struct VerifiedTx
{
    private readonly TransactionView _view;

    private VerifiedTx(Hash256 hash, Address sender, TransactionView view)
    {
        Hash = hash;
        Sender = sender;
        _view = view;
    }

    /// <summary>The transaction's hash.</summary>
    public Hash256 Hash { get; }

    /// <summary>Its recovered sender.</summary>
    public Address Sender { get; }

    /// <summary>Decodes raw bytes and checks all that can be checked without a state.</summary>
    /// <param name="decoder">Decodes, and recovers the sender, by the rules of its chain.</param>
    /// <param name="proofs">Verifies the proofs of blobs, where the transaction comes with them.</param>
    /// <param name="raw">The transaction in consensus or network form, and nothing else.</param>
    /// <param name="expected">The hash it must have; the zero hash for any.</param>
    /// <param name="tx">The transaction; <c>default</c> on failure.</param>
    /// <param name="failure">Why not; meaningless on success.</param>
    /// <returns>True when it is verified. Bad bytes never throw.</returns>
    public static bool TryVerify(
        TransactionDecoder decoder, BlobProofVerifier proofs, ReadOnlySpan<byte> raw, Hash256 expected, out VerifiedTx tx, out TxVerificationFailure failure)
    {
        tx = default;
        if (!decoder.TryDecode(raw, TxForm.Any, out var view, out var problem))
        {
            failure = TxVerificationFailure.Undecodable(Keccak256.Hash(raw), expected, problem);
            return false;
        }

        var hash = view.ComputeHash();
        if (!expected.IsZero && hash != expected)
        {
            failure = TxVerificationFailure.OtherHash(hash);
            return false;
        }

        if (!decoder.TryRecover(ref view, out var sender, out problem))
        {
            failure = TxVerificationFailure.Unrecoverable(hash, problem);
            return false;
        }

        problem = proofs.Verify(view);
        if (problem.Error != TxDecodeError.None)
        {
            failure = TxVerificationFailure.Unproven(hash, problem);
            return false;
        }

        tx = new VerifiedTx(hash, sender, view);
        failure = default;
        return true;
    }

    /// <summary>Adds the record of the decoded transaction, straight from the raw bytes.</summary>
    /// <exception cref="ArgumentException">As for any record; nothing was added.</exception>
    public void AddTo(EventBatch batch, in RecordMeta meta)
    {
        Invariant.That(!Hash.IsZero, "INV-12", "Only a transaction that was verified is recorded as decoded.");
        batch.AddDecoded(Hash, Sender, _view, meta);
    }
}
