using CsCheck;
using Mempulse.Devp2p.Keys;
using Mempulse.Ethereum.Signatures;
using Org.BouncyCastle.Math;

namespace Mempulse.Devp2p.Tests.Rlpx;

/// <summary>ECDH by libsecp256k1 against the managed implementation.</summary>
public sealed class AgreementTests
{
    [Fact]
    public void The_library_is_available_and_agrees_with_managed_code() => Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[32]).Sample(
        pair =>
        {
            var (ours, theirs) = (new BigInteger(1, pair.Item1), new BigInteger(1, pair.Item2));
            if (!Secp256k1.IsPrivateKey(ours) || !Secp256k1.IsPrivateKey(theirs))
            {
                return;
            }

            byte[] native = new byte[32];
            byte[] managed = new byte[32];
            Assert.True(Secp256k1Agreement.IsAvailable);
            Assert.True(Secp256k1.TryAgree(ours, Secp256k1.PublicKeyOf(theirs), native));
            Assert.True(Secp256k1.TryAgreeManaged(theirs, Secp256k1.PublicKeyOf(ours), managed));
            Assert.Equal(managed, native);
        },
        iter: 50);

    [Fact]
    public void Bytes_that_are_not_a_point_are_refused_by_both() => Gen.Byte.Array[NodeId.Size].Sample(
        bytes =>
        {
            byte[] shared = new byte[32];
            Assert.False(Secp256k1.TryAgree(BigInteger.Ten, bytes, shared));
            Assert.False(Secp256k1.TryAgreeManaged(BigInteger.Ten, bytes, shared));
        },
        iter: 200);

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void A_key_of_another_length_is_refused_rather_than_padded(int length) =>
        Assert.Throws<ArgumentException>(() => Secp256k1Agreement.TryAgree(NodeKey.Create().Export(), new byte[length], new byte[32]));
}
