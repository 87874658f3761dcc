using System.Security.Cryptography;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Kzg;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Ethereum.Verification;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Ethereum.Tests.Verification;

public sealed class VerifiedTxTests
{
    private static readonly EcdsaSigner s_signer = new([.. Enumerable.Repeat((byte)7, EcdsaSigner.KeyBytes)]);
    private static readonly byte[] s_infinity = [0xc0, .. new byte[Eip4844.CommitmentBytes - 1]];

    /// <summary>A point of the group, and the proof of nothing here: the generator.</summary>
    private static readonly byte[] s_generator =
        Convert.FromHexString("97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb");

    private readonly TransactionDecoder _decoder = new(SenderRecovery.CreateBest(), TransactionRules.For(new ChainId(1)));
    private readonly BlobProofVerifier _proofs = new();
    private readonly EventBatch _batch = new(new LaneId(1));

    [Fact]
    public void A_signed_transaction_is_recorded_with_its_hash_and_sender()
    {
        byte[] raw = Plain(chain: 1);
        var hash = Keccak256.Hash(raw);

        Assert.True(VerifiedTx.TryVerify(_decoder, _proofs, raw, hash, out var tx, out _));
        tx.AddTo(_batch, RecordMeta.Fact(new LaneId(1), 1, default, default));

        var records = new RecordEnumerator(GlobalSeq.None.Next, _batch.Records.Span);
        Assert.True(records.MoveNext());
        var decoded = Assert.IsType<LogEvent.TxDecoded>(LogEvent.Decode(records.Current));
        Assert.Equal((hash, s_signer.Account, new Nonce(5)), (decoded.Hash, decoded.Sender, decoded.Tx.Nonce));
        Assert.Equal(raw, decoded.Tx.RawBytes.ToArray());
    }

    [Fact]
    public void A_transaction_of_another_hash_is_a_fault_of_the_copy()
    {
        byte[] raw = Plain(chain: 1);

        var failure = Fail(raw, Keccak256.Hash([1]));

        Assert.Equal((Keccak256.Hash(raw), TxDecodeError.None, true), (failure.Hash, failure.Error, failure.IsOfCopy));
        Assert.Contains("which was not requested", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Undecodable_bytes_with_the_right_hash_are_not_a_fault_of_the_copy()
    {
        byte[] raw = Plain(chain: 5);

        var (asked, unasked) = (Fail(raw, Keccak256.Hash(raw)), Fail(raw, default));

        Assert.Equal((TxDecodeError.WrongChain, false), (asked.Error, asked.IsOfCopy));
        Assert.Equal((TxDecodeError.WrongChain, true), (unasked.Error, unasked.IsOfCopy));
    }

    [Fact]
    public void An_invalid_signature_fails_every_copy()
    {
        byte[] raw = TransactionEncoder.Encode(Fields(chain: 1) with { Signature = new EcdsaSignature(5, 1, YParity: 0) }); // no point of the curve has 5 for x

        var failure = Fail(raw, Keccak256.Hash(raw));

        Assert.Equal((Keccak256.Hash(raw), TxDecodeError.Unrecoverable, false), (failure.Hash, failure.Error, failure.IsOfCopy));
    }

    [Fact]
    public void A_blob_is_verified_and_an_invalid_proof_is_a_fault_of_the_copy()
    {
        var (hash, good) = Blob(s_infinity);
        byte[] bad = Blob(s_generator).Raw;

        Assert.True(VerifiedTx.TryVerify(_decoder, _proofs, good, hash, out var tx, out _));
        Assert.Equal(hash, tx.Hash);
        var failure = Fail(bad, hash);

        Assert.Equal((hash, TxDecodeError.BlobProof, true), (failure.Hash, failure.Error, failure.IsOfCopy));
    }

    [Fact]
    public void The_default_is_not_a_verified_transaction() =>
        Assert.Throws<InvariantBrokenException>(() => default(VerifiedTx).AddTo(_batch, RecordMeta.Fact(new LaneId(1), 1, default, default)));

    private TxVerificationFailure Fail(byte[] raw, Hash256 expected)
    {
        Assert.False(VerifiedTx.TryVerify(_decoder, _proofs, raw, expected, out var tx, out var failure));
        Assert.True(tx.Hash.IsZero);
        return failure;
    }

    private static byte[] Plain(ulong chain) => TransactionEncoder.Encode(TransactionSigner.Sign(Fields(chain), s_signer));

    private static (Hash256 Hash, byte[] Raw) Blob(byte[] proof)
    {
        byte[] versioned = SHA256.HashData(s_infinity);
        versioned[0] = Eip4844.VersionedHashVersionKzg;
        var signed = TransactionSigner.Sign(
            Fields(chain: 1) with { Type = TxType.Blob, Recipient = s_signer.Account, BlobHashes = [new Hash256(versioned)] }, s_signer);
        var encoded = new ByteBuffer();
        TransactionEncoder.EncodeNetwork(signed, new BlobSidecar(0, [new byte[Eip4844.BlobBytes]], [s_infinity], [proof]), encoded);
        return (Keccak256.Hash(TransactionEncoder.Encode(signed)), encoded.WrittenSpan.ToArray());
    }

    private static SignedTransaction Fields(ulong chain) => new()
    {
        Type = TxType.DynamicFee,
        ChainId = new ChainId(chain),
        Nonce = new Nonce(5),
        GasLimit = new Gas(21_000),
        Recipient = null,
        Value = default,
        MaxFeePerGas = default,
        Input = default,
        Signature = default,
    };
}
