using System.Buffers.Binary;
using CsCheck;
using Mempulse.Devp2p.Rlpx;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Mempulse.Devp2p.Tests.Rlpx;

/// <summary>The key stream against published vectors and against BouncyCastle.</summary>
public sealed class AesCounterModeTests
{
    private const int BlockBytes = AesCounterMode.BlockBytes;

    /// <summary>NIST SP 800-38A, F.5.1 and F.5.5.</summary>
    [Theory]
    [InlineData(
        "2b7e151628aed2a6abf7158809cf4f3c",
        "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee")]
    [InlineData(
        "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
        "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c52b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6")]
    public void NIST_vectors_match(string key, string expected)
    {
        byte[] text = Convert.FromHexString("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
        using var cipher = new AesCounterMode(Convert.FromHexString(key), Convert.FromHexString("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));

        cipher.Transform(text);

        Assert.Equal(expected, Convert.ToHexStringLower(text));
    }

    [Fact]
    public void Any_split_matches_another_implementation_and_the_counter_wraps() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Int[0, 600], Gen.Byte.Array[0, 9000].List[1, 5]).Sample(
            sample =>
            {
                byte[] counter = Wrapping(blocksBefore: sample.Item2);
                var other = new SicBlockCipher(AesUtilities.CreateEngine());
                var stream = new BufferedBlockCipher(other);
                stream.Init(forEncryption: true, new ParametersWithIV(new KeyParameter(sample.Item1), counter));
                using var cipher = new AesCounterMode(sample.Item1, counter);
                byte[] actual = [.. sample.Item3.SelectMany(piece =>
                {
                    byte[] transformed = [.. piece];
                    cipher.Transform(transformed);
                    return transformed;
                })];

                Assert.Equal(stream.DoFinal(sample.Item3.SelectMany(static piece => piece).ToArray()), actual);
            },
            iter: 100);

    /// <summary>Returns a counter that wraps after <paramref name="blocksBefore"/> blocks.</summary>
    private static byte[] Wrapping(int blocksBefore)
    {
        byte[] counter = new byte[BlockBytes];
        BinaryPrimitives.WriteUInt128BigEndian(counter, UInt128.MaxValue - (UInt128)blocksBefore);
        return counter;
    }
}
