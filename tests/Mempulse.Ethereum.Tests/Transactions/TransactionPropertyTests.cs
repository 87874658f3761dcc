using CsCheck;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;

namespace Mempulse.Ethereum.Tests.Transactions;

public sealed class TransactionPropertyTests
{
    [Fact]
    public void An_encoded_transaction_decodes_to_the_same_fields_and_bytes() =>
        TransactionGen.Any.Sample(tx =>
        {
            byte[] raw = TransactionEncoder.Encode(tx);

            Assert.True(NewDecoder().TryDecode(raw, TxForm.Consensus, out var view, out var failure), failure.ToString());

            Assert.Equal((tx.Type, tx.ChainId, tx.Nonce, tx.GasLimit), (view.Type, view.ChainId, view.Nonce, view.GasLimit));
            Assert.Equal((tx.Recipient, tx.Value, tx.Signature), (view.Recipient, view.Value, view.Signature));
            Assert.Equal((tx.MaxFeePerGas, tx.MaxPriorityFeePerGas, tx.MaxFeePerBlobGas), (view.MaxFeePerGas, view.MaxPriorityFeePerGas, view.MaxFeePerBlobGas));
            Assert.Equal((tx.BlobHashes.Count, tx.Authorizations.Count, tx.Input.Length), (view.BlobCount, view.AuthorizationCount, view.InputLength));
            Assert.True(view.Raw.SequenceEqual(raw));
            Assert.Equal(Keccak256.Hash(raw), view.ComputeHash());
            Assert.Equal(raw, TransactionEncoder.Encode(SignedTransaction.From(view)));
        });

    [Fact]
    public void The_signer_is_recovered_from_every_type() =>
        TransactionGen.Signed.Sample(
            signed =>
            {
                var decoder = NewDecoder();
                Assert.True(decoder.TryDecode(TransactionEncoder.Encode(signed.Tx), TxForm.Consensus, out var view, out var failure), failure.ToString());
                Assert.True(decoder.TryRecover(ref view, out var sender, out failure), failure.ToString());
                Assert.Equal(signed.Signer.Account, sender);
            },
            iter: 100);

    [Fact]
    public void Every_proper_prefix_is_rejected() =>
        TransactionGen.Any.Sample(
            tx =>
            {
                byte[] raw = TransactionEncoder.Encode(tx);
                var decoder = NewDecoder();
                for (int length = 0; length < raw.Length; length++)
                {
                    Assert.False(decoder.TryDecode(raw.AsSpan(0, length), TxForm.Any, out _, out var failure), $"{length} of {raw.Length} bytes");
                    Assert.NotEqual(TxDecodeError.None, failure.Error);
                }
            },
            iter: 100);

    [Fact]
    public void An_extra_byte_is_rejected() =>
        Gen.Select(TransactionGen.Any, Gen.Byte).Sample((tx, extra) =>
            !NewDecoder().TryDecode([.. TransactionEncoder.Encode(tx), extra], TxForm.Any, out _, out _));

    [Fact]
    public void Random_bytes_fail_with_a_reason() =>
        Gen.Select(Gen.Byte[0, 5], Gen.Byte.Array[0, 200]).Sample(
            (type, bytes) =>
            {
                Assert.False(NewDecoder().TryDecode([type, .. bytes], TxForm.Any, out _, out var failure));
                Assert.NotEqual(TxDecodeError.None, failure.Error);
                Assert.NotEmpty(failure.ToString());
            },
            iter: 20_000);

    /// <summary>The decoder's scratch memory carries nothing over from one transaction to the next.</summary>
    [Fact]
    public void A_used_decoder_gives_the_same_results_as_a_new_one() =>
        TransactionGen.Any.Array[2, 6].Sample(
            transactions =>
            {
                var used = NewDecoder();
                foreach (var tx in transactions)
                {
                    byte[] raw = TransactionEncoder.Encode(tx);
                    Assert.Equal(Describe(NewDecoder(), raw), Describe(used, raw));
                }
            },
            iter: 60);

    private static string Describe(TransactionDecoder decoder, byte[] raw)
    {
        bool isDecoded = decoder.TryDecode(raw, TxForm.Any, out var view, out var failure);
        bool isRecovered = decoder.TryRecover(ref view, out var sender, out var recoveryFailure);
        return $"{isDecoded} {failure} {isRecovered} {recoveryFailure} {sender} {view.ComputeHash()} {string.Join(',', view.Authorizations.ToArray())}";
    }

    private static TransactionDecoder NewDecoder() => new(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
}
