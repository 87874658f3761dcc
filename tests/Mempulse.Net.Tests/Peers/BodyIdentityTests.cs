using CsCheck;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Net.Peers;

namespace Mempulse.Net.Tests.Peers;

/// <summary>Reading a body's identity from untrusted bytes.</summary>
public sealed class BodyIdentityTests
{
    private static readonly MadeTx[] Made = [MadeTx.Plain(0), MadeTx.Plain(1, inputBytes: 300), MadeTx.Blob(2)];

    [Fact]
    public void The_identity_equals_the_decoders()
    {
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
        Assert.All(Made, made =>
        {
            Assert.True(decoder.TryDecode(made.Raw.Span, TxForm.Any, out var tx, out _));
            Assert.Equal((tx.ComputeHash(), (byte)tx.Type), (made.Hash, made.Type));
        });
    }

    [Fact]
    public void Random_bytes_are_refused_or_read_and_never_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes => { _ = BodyIdentity.TryRead(bytes, out _); }, iter: 20_000);

    [Fact]
    public void A_damaged_body_is_refused_or_decodes_to_another_one_and_never_throws() => Gen.Select(Gen.Int[0, Made.Length - 1], Gen.Int[0, 200_000], Gen.Byte[1, 255]).Sample(
        sample =>
        {
            byte[] bytes = Made[sample.Item1].Raw.ToArray();
            bool isBlob = Made[sample.Item1].Type == TxClaim.BlobType;
            int at = sample.Item2 % bytes.Length;
            bytes[at] ^= sample.Item3;
            Assert.True(isBlob || !BodyIdentity.TryRead(bytes, out var identity) || identity.Hash != Made[sample.Item1].Hash);
            _ = BodyIdentity.TryRead(bytes.AsSpan(0, at), out _);
        },
        iter: 2_000);

    [Theory]
    [InlineData(2, 0, 8, true)]
    [InlineData(2, 0, 9, false)]
    [InlineData(2, 1, 0, false)]
    [InlineData(3, 0, 6_400, true)]
    [InlineData(3, 0, 30_000, false)]
    public void A_claim_may_differ_by_what_clients_count_differently(byte type, int typeError, int sizeError, bool fits)
    {
        var body = new BodyIdentity(default, type, 131_500);

        Assert.Equal(fits, new TxClaim((byte)(type - typeError), (uint)(131_500 + sizeError)).Fits(body));
    }
}
