using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Tests.Transactions;

public sealed class TransactionDecoderTests
{
    private static readonly EcdsaSigner Alice = new(Keccak256.Hash([1]).ToArray());
    private static readonly EcdsaSigner Bob = new(Keccak256.Hash([2]).ToArray());

    [Fact]
    public void Empty_input_is_rejected() => FailsWith([], TxDecodeError.Empty);

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x05)]
    [InlineData(0x7f)]
    public void An_unknown_type_is_reported(byte type) => FailsWith([type, 0xc0], TxDecodeError.UnknownType);

    [Fact]
    public void A_string_is_not_a_transaction() => FailsWith([0x83, 1, 2, 3], TxDecodeError.MalformedRlp);

    [Fact]
    public void A_missing_field_is_reported_with_its_offset()
    {
        Assert.False(NewDecoder().TryDecode([0x02, 0xc2, 0x01, 0x07], TxForm.Consensus, out _, out var failure));

        Assert.Equal(new TxDecodeFailure(TxDecodeError.MalformedRlp, RlpError.MissingItem, 4), failure);
    }

    [Fact]
    public void The_last_nonce_is_rejected() =>
        FailsWith(Simple(TxType.DynamicFee) with { Nonce = new Nonce(ulong.MaxValue) }, TxDecodeError.NonceTooHigh);

    [Fact]
    public void A_parity_of_two_is_rejected() =>
        FailsWith(Simple(TxType.DynamicFee) with { Signature = new EcdsaSignature(1, 1, 2) }, TxDecodeError.InvalidV);

    [Theory]
    [InlineData(26)]
    [InlineData(29)]
    [InlineData(35)] // EIP-155 with chain id 0
    [InlineData(36)]
    public void A_legacy_v_without_a_meaning_is_rejected(byte v)
    {
        byte[] raw = TransactionEncoder.Encode(Simple(TxType.Legacy) with { ChainId = default, Signature = new EcdsaSignature(1, 1, 0) });
        Assert.Equal(27, raw[^3]);
        raw[^3] = v;

        FailsWith(raw, TxDecodeError.InvalidV);
    }

    [Fact]
    public void R_and_s_must_be_in_range()
    {
        FailsWith(Simple(TxType.DynamicFee) with { Signature = new EcdsaSignature(0, 1, 0) }, TxDecodeError.SignatureOutOfRange);
        FailsWith(Simple(TxType.DynamicFee) with { Signature = new EcdsaSignature(1, Secp256k1Curve.Order, 0) }, TxDecodeError.SignatureOutOfRange);
    }

    [Fact]
    public void A_high_s_is_rejected_unless_the_rules_allow_any_s()
    {
        var tx = Simple(TxType.Legacy) with { Signature = new EcdsaSignature(1, Secp256k1Curve.HalfOrder + UInt256.One, 0) };

        FailsWith(tx, TxDecodeError.HighS);
        FailsWith(tx, TxDecodeError.None, new TransactionRules { Malleability = SignatureMalleability.AnyS });
    }

    [Fact]
    public void Another_chain_id_is_rejected_but_a_legacy_transaction_without_one_is_not()
    {
        var rules = TransactionRules.For(new ChainId(1));

        FailsWith(Simple(TxType.DynamicFee) with { ChainId = new ChainId(5) }, TxDecodeError.WrongChain, rules);
        FailsWith(Simple(TxType.DynamicFee) with { ChainId = default }, TxDecodeError.WrongChain, rules);
        FailsWith(Simple(TxType.Legacy) with { ChainId = new ChainId(5) }, TxDecodeError.WrongChain, rules);
        FailsWith(Simple(TxType.Legacy) with { ChainId = default }, TxDecodeError.None, rules);
    }

    [Fact]
    public void Blob_and_set_code_transactions_need_recipient_blobs_and_tuples()
    {
        FailsWith(Simple(TxType.Blob) with { Recipient = null }, TxDecodeError.MissingRecipient);
        FailsWith(Simple(TxType.SetCode) with { Recipient = null }, TxDecodeError.MissingRecipient);
        FailsWith(Simple(TxType.Blob) with { BlobHashes = [] }, TxDecodeError.NoBlobs);
        FailsWith(Simple(TxType.Blob) with { BlobHashes = [Hash256.Zero] }, TxDecodeError.BlobHashVersion);
        FailsWith(Simple(TxType.SetCode) with { Authorizations = [] }, TxDecodeError.NoAuthorizations);
    }

    [Fact]
    public void A_blob_transaction_must_be_in_the_expected_form()
    {
        byte[] raw = TransactionEncoder.Encode(Simple(TxType.Blob));

        Assert.False(NewDecoder().TryDecode(raw, TxForm.Network, out _, out var failure));
        Assert.Equal(TxDecodeError.BlobWrapper, failure.Error);
        Assert.True(NewDecoder().TryDecode(raw, TxForm.Any, out _, out _));
    }

    [Fact]
    public void A_transaction_above_the_size_limit_is_rejected()
    {
        var tx = Simple(TxType.DynamicFee) with { Input = new byte[2000] };

        FailsWith(tx, TxDecodeError.Oversize, new TransactionRules { MaxConsensusBytes = 2000 });
        FailsWith(tx, TxDecodeError.Oversize, new TransactionRules { MaxNetworkBytes = 2000 });
    }

    [Fact]
    public void Authorisations_are_bounded_by_count_and_by_gas()
    {
        var tuple = Tuple(Alice, nonce: 1);
        var tx = Simple(TxType.SetCode) with { Authorizations = [tuple, tuple, tuple] };

        FailsWith(tx, TxDecodeError.TooManyAuthorizations, new TransactionRules { MaxAuthorizations = 2 });
        FailsWith(tx with { GasLimit = new Gas((3 * Eip7702.PerEmptyAccountCost) - 1) }, TxDecodeError.AuthorizationsUnpaid);
        FailsWith(tx with { GasLimit = new Gas(3 * Eip7702.PerEmptyAccountCost) }, TxDecodeError.None);
    }

    [Fact]
    public void Authorities_are_recovered_and_invalid_tuples_left_out()
    {
        var good = Tuple(Alice, nonce: 7);
        var highS = good with { Signature = good.Signature with { S = Secp256k1Curve.Order - good.Signature.S } };
        var lastNonce = Tuple(Alice, nonce: ulong.MaxValue);
        var noChain = Tuple(Bob, nonce: 3, chain: UInt256.MaxValue);
        var badParity = good with { Signature = good.Signature with { YParity = 9 } };
        var other = Tuple(Bob, nonce: 8, chain: 0);
        var tx = TransactionSigner.Sign(Simple(TxType.SetCode) with { Authorizations = [highS, good, lastNonce, noChain, badParity, other] }, Bob);
        var decoder = NewDecoder();

        Assert.True(decoder.TryDecode(TransactionEncoder.Encode(tx), TxForm.Consensus, out var view, out _));
        Assert.True(view.Authorizations.IsEmpty);
        Assert.True(decoder.TryRecover(ref view, out var sender, out _));

        Assert.Equal(Bob.Account, sender);
        Assert.Equal(6, view.AuthorizationCount);
        Assert.Equal(
            [
                new Authorization(new ChainId(1), Alice.Account, Target, new Nonce(7)),
                new Authorization(default, Bob.Account, Target, new Nonce(8)),
            ],
            view.Authorizations.ToArray());
    }

    [Fact]
    public void A_signature_that_matches_no_key_is_unrecoverable()
    {
        var tx = Simple(TxType.DynamicFee) with { Signature = new EcdsaSignature(5, 1, 0) };
        var decoder = NewDecoder();
        Assert.True(decoder.TryDecode(TransactionEncoder.Encode(tx), TxForm.Consensus, out var view, out _));

        Assert.False(decoder.TryRecover(ref view, out _, out var failure));

        Assert.Equal(TxDecodeError.Unrecoverable, failure.Error);
    }

    [Fact]
    public void The_selector_is_the_first_four_bytes_of_the_input_if_there_are_four()
    {
        var decoder = NewDecoder();
        decoder.TryDecode(TransactionEncoder.Encode(Simple(TxType.Legacy) with { Input = new byte[] { 1, 2, 3, 4, 5 } }), TxForm.Any, out var four, out _);
        decoder.TryDecode(TransactionEncoder.Encode(Simple(TxType.Legacy) with { Input = new byte[] { 1, 2, 3 } }), TxForm.Any, out var three, out _);

        Assert.Equal(0x01020304u, four.Selector);
        Assert.Null(three.Selector);
    }

    [Fact]
    public void Every_failure_has_a_different_sentence()
    {
        var sentences = Enum.GetValues<TxDecodeError>().Select(error => new TxDecodeFailure(error).ToString()).ToList();

        Assert.Equal(sentences.Count, sentences.Distinct().Count());
        Assert.All(sentences, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.DoesNotContain(sentences, sentence => sentence.StartsWith("The transaction does not decode", StringComparison.Ordinal));
    }

    private static Address Target { get; } = new(Enumerable.Repeat((byte)0xaa, Address.Size).ToArray());

    private static SignedTransaction Simple(TxType type) => new()
    {
        Type = type,
        ChainId = new ChainId(1),
        Nonce = new Nonce(9),
        GasLimit = new Gas(1_000_000),
        Recipient = Target,
        Value = new Wei(1_000),
        MaxFeePerGas = new Wei(20),
        MaxPriorityFeePerGas = new Wei(2),
        Input = default,
        BlobHashes = type == TxType.Blob ? [new Hash256([0x01, .. new byte[31]])] : [],
        Authorizations = type == TxType.SetCode ? [Tuple(Alice, nonce: 0)] : [],
        Signature = new EcdsaSignature(1, 1, 0),
    };

    private static SignedAuthorization Tuple(EcdsaSigner signer, ulong nonce, UInt256? chain = null)
    {
        var unsigned = new SignedAuthorization(chain ?? 1, Target, new Nonce(nonce), default);
        return unsigned with { Signature = signer.Sign(unsigned.SigningHash()) };
    }

    private static void FailsWith(SignedTransaction tx, TxDecodeError expected, TransactionRules? rules = null) =>
        FailsWith(TransactionEncoder.Encode(tx), expected, rules);

    private static void FailsWith(byte[] raw, TxDecodeError expected, TransactionRules? rules = null)
    {
        bool isDecoded = NewDecoder(rules).TryDecode(raw, TxForm.Consensus, out _, out var failure);

        Assert.Equal((expected == TxDecodeError.None, expected), (isDecoded, failure.Error));
    }

    private static TransactionDecoder NewDecoder(TransactionRules? rules = null) =>
        new(SenderRecovery.CreateBest(), rules ?? TransactionRules.AnyChain);
}
