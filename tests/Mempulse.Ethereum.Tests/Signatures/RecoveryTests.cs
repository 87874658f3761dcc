using CsCheck;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tests.Signatures;

public sealed class RecoveryTests
{
    private static readonly BouncyCastleRecovery Managed = new();

    /// <summary>Both implementations; without libsecp256k1 the tests fail and say so.</summary>
    private static ISenderRecovery Native => Secp256k1Recovery.TryCreate(out var native)
        ? native
        : throw new InvalidOperationException("Cannot load libsecp256k1.so.1: install Debian's libsecp256k1-1, as test.sh does.");

    [Fact]
    public void The_native_library_is_chosen_where_it_is_installed()
    {
        Assert.Equal(Native.Name, SenderRecovery.CreateBest().Name);
        Assert.NotEqual(Native.Name, Managed.Name);
    }

    [Fact]
    public void Both_recover_the_signer() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[32]).Sample(
            (key, message) =>
            {
                var signer = new EcdsaSigner(Keccak256.Hash(key).ToArray());
                var digest = Keccak256.Hash(message);
                var signature = signer.Sign(digest);

                Assert.True(signature is { IsInRange: true, HasLowS: true });
                Assert.True(Native.TryRecover(digest, signature, out var native));
                Assert.True(Managed.TryRecover(digest, signature, out var managed));
                Assert.Equal((signer.Account, signer.Account), (native, managed));
            },
            iter: 60);

    [Fact]
    public void Both_libraries_give_the_same_signature() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[32]).Sample(
            (key, message) =>
            {
                byte[] scalar = Keccak256.Hash(key).ToArray();
                var digest = Keccak256.Hash(message);
                Assert.NotNull(Secp256k1Library.Loaded);
                Assert.Equal(new EcdsaSigner(scalar, library: null).Sign(digest), new EcdsaSigner(scalar, Secp256k1Library.Loaded).Sign(digest));
            },
            iter: 60);

    [Fact]
    public void The_native_library_signs_with_a_key_in_range_only()
    {
        var library = Secp256k1Library.Loaded!;
        byte[] signature = new byte[Secp256k1Library.CompactSignatureBytes];

        Assert.False(library.TrySign(new byte[32], new byte[32], signature, out _));
        Assert.False(library.TrySign(new byte[32], Enumerable.Repeat((byte)0xff, 32).ToArray(), signature, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => library.TrySign(new byte[31], new byte[32], signature, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => library.TrySign(new byte[32], new byte[31], signature, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => library.TrySign(new byte[32], new byte[32], signature.AsSpan(1), out _));
    }

    [Fact]
    public void Both_agree_on_any_numbers() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[32], Gen.Byte.Array[32], Gen.Byte[0, 2]).Sample(
            (digestBytes, r, s, parity) =>
            {
                var digest = new Hash256(digestBytes);
                var signature = new EcdsaSignature(UInt256.FromBigEndian(r), UInt256.FromBigEndian(s), parity);
                bool isNative = Native.TryRecover(digest, signature, out var native);
                bool isManaged = Managed.TryRecover(digest, signature, out var managed);
                Assert.Equal((isNative, native), (isManaged, managed));
            },
            iter: 200);

    [Fact]
    public void The_malleated_form_of_a_signature_recovers_the_same_account_and_has_a_high_s()
    {
        var signer = new EcdsaSigner(Keccak256.Hash([1]).ToArray());
        var digest = Keccak256.Hash([2]);
        var low = signer.Sign(digest);

        var high = new EcdsaSignature(low.R, Secp256k1Curve.Order - low.S, (byte)(1 - low.YParity));

        Assert.False(high.HasLowS);
        Assert.True(Native.TryRecover(digest, high, out var account));
        Assert.Equal(signer.Account, account);
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("1", "0")]
    [InlineData("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", "1")]
    [InlineData("1", "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    [InlineData("5", "1")]
    public void Numbers_out_of_range_or_off_the_curve_recover_no_account(string r, string s)
    {
        Assert.True(UInt256.TryParse(r, out var rWord));
        Assert.True(UInt256.TryParse(s, out var sWord));
        var signature = new EcdsaSignature(rWord, sWord, YParity: 0);

        Assert.False(Native.TryRecover(default, signature, out _));
        Assert.False(Managed.TryRecover(default, signature, out _));
    }

    [Fact]
    public void Half_the_order_is_the_highest_low_s()
    {
        Assert.True(new EcdsaSignature(1, Secp256k1Curve.HalfOrder, 0).HasLowS);
        Assert.False(new EcdsaSignature(1, Secp256k1Curve.HalfOrder + UInt256.One, 0).HasLowS);
        Assert.Equal(Secp256k1Curve.Order, (Secp256k1Curve.HalfOrder * 2) + UInt256.One);
    }

    [Fact]
    public void A_private_key_out_of_range_is_rejected()
    {
        Assert.Throws<ArgumentException>(() => new EcdsaSigner(new byte[32]));
        Assert.Throws<ArgumentException>(() => new EcdsaSigner(new byte[31]));
        Assert.Throws<ArgumentException>(() => new EcdsaSigner(Enumerable.Repeat((byte)0xff, 32).ToArray()));
    }
}
