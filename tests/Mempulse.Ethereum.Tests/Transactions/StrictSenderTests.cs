using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Ethereum.Validity;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Tests.Transactions;

/// <summary>A sender follows from exactly one form of a signature, and every rule of a fork begins with that fork and at its exact value.</summary>
public sealed class StrictSenderTests
{
    private static readonly EcdsaSigner s_signer = new([.. Enumerable.Repeat((byte)0x21, EcdsaSigner.KeyBytes)]);

    public static TheoryData<TxType> Types => [.. Enum.GetValues<TxType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void The_parity_and_every_signed_field_decide_the_sender(TxType type)
    {
        var signed = TransactionSigner.Sign(Fields(type), s_signer);
        SignedTransaction[] changed =
        [
            signed with { Signature = signed.Signature with { YParity = (byte)(1 - signed.Signature.YParity) } },
            signed with { ChainId = new ChainId(2) },
            signed with { Nonce = new Nonce(10) },
            signed with { GasLimit = new Gas(1_000_001) },
            signed with { Recipient = new Address([.. Enumerable.Repeat((byte)0xab, Address.Size)]) },
            signed with { Value = new Wei(1_001) },
            signed with { MaxFeePerGas = new Wei(21) },
            signed with { Input = new byte[] { 1 } },
            .. type >= TxType.DynamicFee ? [signed with { MaxPriorityFeePerGas = new Wei(3) }] : (SignedTransaction[])[],
        ];

        Assert.Equal(s_signer.Account, SenderOf(signed));
        Assert.All(changed, other => Assert.NotEqual(s_signer.Account, SenderOf(other)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_byte_behind_a_transaction_or_one_less_is_refused(TxType type)
    {
        byte[] raw = TransactionEncoder.Encode(TransactionSigner.Sign(Fields(type), s_signer));

        Assert.True(NewDecoder().TryDecode(raw, TxForm.Consensus, out _, out _));
        Assert.False(NewDecoder().TryDecode([.. raw, 0], TxForm.Consensus, out _, out var longer));
        Assert.False(NewDecoder().TryDecode(raw.AsSpan(0, raw.Length - 1), TxForm.Consensus, out _, out var shorter));
        Assert.Equal((TxDecodeError.MalformedRlp, TxDecodeError.MalformedRlp), (longer.Error, shorter.Error));
        Assert.Equal((RlpError.TrailingBytes, RlpError.Truncated), (longer.Rlp, shorter.Rlp));
    }

    [Fact]
    public void A_legacy_transaction_without_a_chain_id_has_another_sender_than_one_with_it()
    {
        var plain = TransactionSigner.Sign(Fields(TxType.Legacy) with { ChainId = default }, s_signer);

        Assert.Equal(s_signer.Account, SenderOf(plain));
        Assert.NotEqual(s_signer.Account, SenderOf(plain with { ChainId = new ChainId(1) }));
    }

    [Theory]
    [InlineData(27UL, 0UL, 0)]
    [InlineData(28UL, 0UL, 1)]
    [InlineData(37UL, 1UL, 0)]
    [InlineData(38UL, 1UL, 1)]
    [InlineData(39UL, 2UL, 0)]
    [InlineData(ulong.MaxValue - 1, Eip155.MaxChainId, 1)]
    [InlineData(ulong.MaxValue - 2, Eip155.MaxChainId, 0)]
    public void V_of_a_legacy_transaction_gives_chain_and_parity(ulong v, ulong chain, int parity)
    {
        Assert.True(NewDecoder().TryDecode(Legacy(v), TxForm.Consensus, out var view, out var failure), failure.ToString());

        Assert.Equal((chain, parity), (view.ChainId.Value, view.Signature.YParity));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(26UL)]
    [InlineData(29UL)]
    [InlineData(34UL)]
    [InlineData(35UL)]
    [InlineData(36UL)]
    public void Another_v_is_refused(ulong v)
    {
        Assert.False(NewDecoder().TryDecode(Legacy(v), TxForm.Consensus, out _, out var failure));

        Assert.Equal(TxDecodeError.InvalidV, failure.Error);
    }

    [Fact]
    public void The_highest_low_s_is_accepted_and_the_next_is_not()
    {
        var half = Fields(TxType.DynamicFee) with { Signature = new EcdsaSignature(1, Secp256k1Curve.HalfOrder, 0) };
        var above = half with { Signature = half.Signature with { S = Secp256k1Curve.HalfOrder + UInt256.One } };

        Assert.True(NewDecoder().TryDecode(TransactionEncoder.Encode(half), TxForm.Consensus, out _, out _));
        Assert.False(NewDecoder().TryDecode(TransactionEncoder.Encode(above), TxForm.Consensus, out _, out var failure));
        Assert.Equal(TxDecodeError.HighS, failure.Error);
    }

    [Fact]
    public void The_largest_r_and_s_are_one_below_the_order()
    {
        var largest = Secp256k1Curve.Order - UInt256.One;

        Assert.True(new EcdsaSignature(largest, largest, 1).IsInRange);
        Assert.False(new EcdsaSignature(Secp256k1Curve.Order, 1, 1).IsInRange);
        Assert.False(new EcdsaSignature(1, Secp256k1Curve.Order, 1).IsInRange);
        Assert.False(new EcdsaSignature(1, 1, 2).IsInRange);
        Assert.False(new EcdsaSignature(0, 1, 0).IsInRange);
        Assert.False(new EcdsaSignature(1, 0, 0).IsInRange);
    }

    [Fact]
    public void A_nonce_may_be_the_highest_but_one()
    {
        Assert.True(NewDecoder().TryDecode(TransactionEncoder.Encode(Signed(TxType.DynamicFee) with { Nonce = new Nonce(Eip2681.NonceLimit - 1) }), TxForm.Consensus, out _, out _));
        Assert.False(NewDecoder().TryDecode(TransactionEncoder.Encode(Signed(TxType.DynamicFee) with { Nonce = new Nonce(Eip2681.NonceLimit) }), TxForm.Consensus, out _, out _));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void A_transaction_may_have_exactly_the_largest_size(int difference, bool isDecoded)
    {
        byte[] raw = TransactionEncoder.Encode(Signed(TxType.DynamicFee) with { Input = new byte[500] });

        Assert.Equal(isDecoded, new TransactionDecoder(SenderRecovery.CreateBest(), new TransactionRules { MaxConsensusBytes = raw.Length + difference }).TryDecode(raw, TxForm.Consensus, out _, out _));
        Assert.Equal(isDecoded, new TransactionDecoder(SenderRecovery.CreateBest(), new TransactionRules { MaxNetworkBytes = raw.Length + difference }).TryDecode(raw, TxForm.Consensus, out _, out _));
    }

    [Theory]
    [InlineData(TxType.Legacy, Fork.Frontier)]
    [InlineData(TxType.AccessList, Fork.Berlin)]
    [InlineData(TxType.DynamicFee, Fork.London)]
    [InlineData(TxType.Blob, Fork.Cancun)]
    [InlineData(TxType.SetCode, Fork.Prague)]
    public void A_type_is_valid_from_its_fork_on(TxType type, Fork first)
    {
        var tx = Signed(type) with { ChainId = type == TxType.Legacy ? default : new ChainId(1) };
        foreach (var fork in Enum.GetValues<Fork>())
        {
            Assert.Equal(fork < first ? TxInvalidity.TypeNotSupported : TxInvalidity.None, Judge(tx, fork));
        }
    }

    [Fact]
    public void Replay_protection_begins_with_Spurious_Dragon_and_low_s_with_Homestead()
    {
        var chained = Signed(TxType.Legacy);
        var high = chained with { ChainId = default, Signature = new EcdsaSignature(1, Secp256k1Curve.HalfOrder + UInt256.One, 0) };

        Assert.Equal(TxInvalidity.ReplayProtectionNotSupported, Judge(chained, Fork.SpuriousDragon - 1));
        Assert.Equal(TxInvalidity.None, Judge(chained, Fork.SpuriousDragon));
        Assert.Equal(TxInvalidity.None, Judge(high, Fork.Frontier));
        Assert.Equal(TxInvalidity.HighS, Judge(high, Fork.Homestead));
    }

    [Theory]
    [InlineData(49_152, TxInvalidity.None)]
    [InlineData(49_153, TxInvalidity.InitcodeTooLarge)]
    public void Init_code_may_have_exactly_its_largest_size(int bytes, TxInvalidity expected)
    {
        var create = Signed(TxType.DynamicFee) with { Recipient = null, Input = new byte[bytes], GasLimit = new Gas(2_000_000) };

        Assert.Equal(expected, Judge(create, Fork.Shanghai));
        Assert.Equal(TxInvalidity.None, Judge(create, Fork.Paris));
        Assert.Equal(TxInvalidity.None, Judge(create with { Recipient = s_signer.Account }, Fork.Shanghai));
    }

    [Fact]
    public void A_tip_may_equal_the_fee_cap_and_the_cost_may_fill_256_bits()
    {
        var tx = Signed(TxType.DynamicFee) with { MaxFeePerGas = new Wei(20), MaxPriorityFeePerGas = new Wei(20) };

        Assert.Equal(TxInvalidity.None, Judge(tx, Fork.London));
        Assert.Equal(TxInvalidity.TipAboveFeeCap, Judge(tx with { MaxPriorityFeePerGas = new Wei(21) }, Fork.London));
        var tooMuch = UInt256.FromBigEndian([0x10, .. new byte[29]]); // 2^236, for 2^20 gas
        Assert.Equal(TxInvalidity.None, Judge(tx with { GasLimit = new Gas(1 << 20), MaxFeePerGas = new Wei(tooMuch - UInt256.One) }, Fork.London));
        Assert.Equal(TxInvalidity.CostOverflow, Judge(tx with { GasLimit = new Gas(1 << 20), MaxFeePerGas = new Wei(tooMuch) }, Fork.London));
    }

    [Theory]
    [InlineData(HeaderCodec.MaxExtraDataBytes, true)]
    [InlineData(HeaderCodec.MaxExtraDataBytes + 1, false)]
    public void Extra_data_of_a_header_may_have_exactly_its_largest_size(int bytes, bool isDecoded)
    {
        var encoded = new ByteBuffer();
        HeaderCodec.Encode(Header() with { ExtraData = new byte[bytes] }, encoded);

        Assert.Equal(isDecoded, HeaderCodec.TryDecode(encoded.WrittenSpan, out _, out var failure));
        Assert.Equal(isDecoded ? RlpError.None : RlpError.WrongLength, failure.Error);
    }

    [Fact]
    public void A_header_of_a_later_fork_is_read_without_its_further_fields_and_hashed_with_them()
    {
        var header = Header() with
        {
            BaseFeePerGas = new Wei(1),
            WithdrawalsRoot = Keccak256.OfNothing,
            BlobGasUsed = new Gas(1),
            ExcessBlobGas = new Gas(2),
            ParentBeaconBlockRoot = Keccak256.OfNothing,
            RequestsHash = Keccak256.OfNothing,
        };
        var known = new ByteBuffer();
        HeaderCodec.Encode(header, known);
        var later = new ByteBuffer();
        var writer = new RlpWriter(later);
        int start = writer.BeginList();
        writer.WriteEncoded(known.WrittenSpan[3..]);
        writer.Write(7UL);
        writer.EndList(start);

        Assert.True(HeaderCodec.TryDecodeLater(later.WrittenSpan, out var read));
        Assert.Equal(header.ComputeHash(), read.ComputeHash());
        Assert.Equal(Keccak256.Hash(later.WrittenSpan), HeaderCodec.HashWith(header, [new byte[] { 7 }]));
        Assert.False(HeaderCodec.TryDecodeLater([.. later.WrittenSpan, 0], out _));
        Assert.False(HeaderCodec.TryDecodeLater(later.WrittenSpan[..^1], out _));
    }

    private static Address? SenderOf(SignedTransaction tx)
    {
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
        Assert.True(decoder.TryDecode(TransactionEncoder.Encode(tx), TxForm.Consensus, out var view, out var failure), failure.ToString());
        return decoder.TryRecover(ref view, out var sender, out _) ? sender : null;
    }

    private static TxInvalidity Judge(SignedTransaction tx, Fork fork)
    {
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), new TransactionRules { Malleability = SignatureMalleability.AnyS });
        Assert.True(decoder.TryDecode(TransactionEncoder.Encode(tx), TxForm.Consensus, out var view, out var failure), failure.ToString());
        return TransactionValidity.Check(view, fork);
    }

    /// <summary>The bytes of a legacy transaction with any v.</summary>
    private static byte[] Legacy(ulong v)
    {
        var buffer = new ByteBuffer();
        var writer = new RlpWriter(buffer);
        int start = writer.BeginList();
        writer.Write(9UL);
        writer.Write(20UL);
        writer.Write(21_000UL);
        writer.Write(s_signer.Account);
        writer.Write(1UL);
        writer.Write([]);
        writer.Write(v);
        writer.Write(1UL);
        writer.Write(1UL);
        writer.EndList(start);
        return buffer.WrittenSpan.ToArray();
    }

    private static SignedTransaction Signed(TxType type) => Fields(type) with { Signature = new EcdsaSignature(1, 1, 0) };

    private static SignedTransaction Fields(TxType type) => new()
    {
        Type = type,
        ChainId = new ChainId(1),
        Nonce = new Nonce(9),
        GasLimit = new Gas(1_000_000),
        Recipient = new Address([.. Enumerable.Repeat((byte)0xaa, Address.Size)]),
        Value = new Wei(1_000),
        MaxFeePerGas = new Wei(20),
        MaxPriorityFeePerGas = new Wei(type >= TxType.DynamicFee ? 2u : 20u),
        Input = default,
        BlobHashes = type == TxType.Blob ? [new Hash256([0x01, .. new byte[31]])] : [],
        Authorizations = type == TxType.SetCode ? [new SignedAuthorization(1, default, default, new EcdsaSignature(1, 1, 0))] : [],
        Signature = default,
    };

    private static TransactionDecoder NewDecoder() => new(SenderRecovery.CreateBest(), TransactionRules.AnyChain);

    private static BlockHeader Header() => new()
    {
        ParentHash = default,
        OmmersHash = Keccak256.OfEmptyList,
        FeeRecipient = default,
        StateRoot = default,
        TransactionsRoot = default,
        ReceiptsRoot = default,
        LogsBloom = new byte[BlockHeader.BloomBytes],
        Difficulty = default,
        Number = new BlockNumber(1),
        GasLimit = new Gas(30_000_000),
        GasUsed = default,
        TimestampSeconds = 1,
        ExtraData = default,
        MixHash = default,
        PowNonce = 0,
    };
}
