using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Tests.Transactions;

/// <summary>An authorisation of EIP-7702 has an authority under exactly one form of its signature, and up to the last nonce.</summary>
public sealed class AuthorizationRuleTests
{
    private static readonly EcdsaSigner s_signer = new([.. Enumerable.Repeat((byte)0x21, EcdsaSigner.KeyBytes)]);

    [Theory]
    [InlineData(0, true)]
    [InlineData(ulong.MaxValue - 1, true)]
    [InlineData(ulong.MaxValue, false)]
    public void The_last_nonce_authorises_nothing(ulong nonce, bool hasAuthority) => Assert.Equal(hasAuthority ? s_signer.Account : null, AuthorityOf(Signed(nonce)));

    [Fact]
    public void The_other_signature_of_the_same_key_authorises_nothing()
    {
        var signed = Signed(7);
        var other = signed.Signature with
        {
            S = Secp256k1Curve.Order - signed.Signature.S,
            YParity = (byte)(1 - signed.Signature.YParity),
        };

        Assert.True(SenderRecovery.CreateBest().TryRecover(signed.SigningHash(), other, out var account) && account == s_signer.Account);
        Assert.Equal(s_signer.Account, AuthorityOf(signed));
        Assert.Null(AuthorityOf(signed with { Signature = other }));
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    [InlineData(257, false)]
    public void A_parity_has_a_byte(ulong parity, bool isRead)
    {
        var output = new ByteBuffer();
        var writer = new RlpWriter(output);
        int list = writer.BeginList();
        writer.Write(1UL);
        writer.Write(s_signer.Account);
        writer.Write(7UL);
        writer.Write(parity);
        writer.Write(1UL);
        writer.Write(2UL);
        writer.EndList(list);
        var reader = new RlpReader(output.WrittenSpan);

        var read = SignedAuthorization.Read(ref reader);

        Assert.Equal(isRead, !reader.Failed);
        Assert.True(!isRead || read == new SignedAuthorization(UInt256.One, s_signer.Account, new Nonce(7), new EcdsaSignature(UInt256.One, 2UL, (byte)parity)));
    }

    private static SignedAuthorization Signed(ulong nonce)
    {
        var unsigned = new SignedAuthorization(UInt256.One, s_signer.Account, new Nonce(nonce), default);
        return unsigned with { Signature = s_signer.Sign(unsigned.SigningHash()) };
    }

    private static Address? AuthorityOf(SignedAuthorization signed) => signed.TryRecoverAuthority(SenderRecovery.CreateBest(), out var authority) ? authority : null;
}
