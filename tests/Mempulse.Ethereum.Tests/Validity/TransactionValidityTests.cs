using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Ethereum.Validity;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Tests.Validity;

/// <summary>Rules of Prague and Osaka, which the vectors of ethereum/tests do not reach.</summary>
public sealed class TransactionValidityTests
{
    [Fact]
    public void Eip7623_charges_at_least_ten_gas_per_token()
    {
        var tx = Call(new byte[] { 0, 0, 1, 1 }); // two tokens for zeros, eight for other bytes
        var gas = GasOf(tx, Fork.Prague);

        Assert.Equal(new Gas(21_000 + (2 * 4) + (2 * 16)), gas.Intrinsic);
        Assert.Equal(new Gas(21_000 + (10 * 10)), gas.Floor);
        Assert.Equal(default, GasOf(tx, Fork.Cancun).Floor);
        Assert.Equal(TxInvalidity.IntrinsicGas, Judge(tx with { GasLimit = new Gas(21_099) }, Fork.Prague));
        Assert.Equal(TxInvalidity.None, Judge(tx with { GasLimit = new Gas(21_100) }, Fork.Prague));
        Assert.Equal(TxInvalidity.None, Judge(tx with { GasLimit = new Gas(21_040) }, Fork.Cancun));
    }

    [Fact]
    public void Eip7825_caps_the_gas_limit_in_Osaka()
    {
        var atCap = Call(default) with { GasLimit = new Gas(1 << 24) };
        var above = atCap with { GasLimit = new Gas((1 << 24) + 1) };

        Assert.Equal(TxInvalidity.None, Judge(atCap, Fork.Osaka));
        Assert.Equal(TxInvalidity.GasLimitTooHigh, Judge(above, Fork.Osaka));
        Assert.Equal(TxInvalidity.None, Judge(above, Fork.Prague));
    }

    [Fact]
    public void Eip7594_allows_six_blobs_in_Osaka()
    {
        var blobHash = new Hash256([0x01, .. new byte[31]]);
        var tx = Call(default) with { Type = TxType.Blob, BlobHashes = [.. Enumerable.Repeat(blobHash, 7)] };

        Assert.Equal(TxInvalidity.TooManyBlobs, Judge(tx, Fork.Osaka));
        Assert.Equal(TxInvalidity.None, Judge(tx, Fork.Prague));
        Assert.Equal(TxInvalidity.TypeNotSupported, Judge(tx, Fork.Shanghai));
    }

    [Fact]
    public void Eip7702_needs_Prague_and_pays_for_each_tuple()
    {
        var tuple = new SignedAuthorization(1, default, default, new EcdsaSignature(1, 1, 0));
        var tx = Call(default) with { Type = TxType.SetCode, Authorizations = [tuple, tuple] };

        Assert.Equal(new Gas(21_000 + (2 * 25_000)), GasOf(tx, Fork.Prague).Intrinsic);
        Assert.Equal(TxInvalidity.TypeNotSupported, Judge(tx, Fork.Cancun));
    }

    [Fact]
    public void A_tip_above_the_fee_cap_is_invalid() =>
        Assert.Equal(TxInvalidity.TipAboveFeeCap, Judge(Call(default) with { MaxPriorityFeePerGas = new Wei(21) }, Fork.London));

    private static SignedTransaction Call(ReadOnlyMemory<byte> input) => new()
    {
        Type = TxType.DynamicFee,
        ChainId = new ChainId(1),
        Nonce = default,
        GasLimit = new Gas(100_000),
        Recipient = default(Address),
        Value = default,
        MaxFeePerGas = new Wei(20),
        MaxPriorityFeePerGas = new Wei(20),
        Input = input,
        Signature = new EcdsaSignature(1, 1, 0),
    };

    private static TxInvalidity Judge(SignedTransaction tx, Fork fork)
    {
        Assert.True(NewDecoder().TryDecode(TransactionEncoder.Encode(tx), TxForm.Consensus, out var view, out var failure), failure.ToString());
        return TransactionValidity.Check(view, fork);
    }

    private static IntrinsicGas GasOf(SignedTransaction tx, Fork fork)
    {
        Assert.True(NewDecoder().TryDecode(TransactionEncoder.Encode(tx), TxForm.Consensus, out var view, out var failure), failure.ToString());
        return IntrinsicGas.Of(view, fork);
    }

    private static TransactionDecoder NewDecoder() => new(new BouncyCastleRecovery(), TransactionRules.AnyChain);
}
