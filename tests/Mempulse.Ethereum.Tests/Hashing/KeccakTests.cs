using CsCheck;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Org.BouncyCastle.Crypto.Digests;

namespace Mempulse.Ethereum.Tests.Hashing;

public sealed class KeccakTests
{
    [Theory]
    [InlineData("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("80", "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421")]
    [InlineData("c0", "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347")]
    public void Known_inputs_give_the_known_hashes(string input, string expected) =>
        Assert.Equal(expected, Keccak256.Hash(Convert.FromHexString(input)).ToString());

    [Fact]
    public void Every_length_up_to_three_blocks_agrees_with_BouncyCastle()
    {
        byte[] input = [.. Enumerable.Range(0, 3 * 136 + 1).Select(i => (byte)(i * 7 % 256))];
        for (int length = 0; length < input.Length; length++)
        {
            Assert.Equal(Reference(input.AsSpan(0, length)), Keccak256.Hash(input.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Random_inputs_agree_with_BouncyCastle() =>
        Gen.Byte.Array[0, 2000].Sample(input => Keccak256.Hash(input) == Reference(input), iter: 2000);

    [Fact]
    public void Pieces_give_the_hash_of_the_whole() =>
        Gen.Select(Gen.Byte.Array[0, 600], Gen.Int[1, 200]).Sample(
            (input, pieceBytes) =>
            {
                var sponge = new KeccakSponge();
                for (int at = 0; at < input.Length; at += pieceBytes)
                {
                    sponge.Absorb(input.AsSpan(at, Math.Min(pieceBytes, input.Length - at)));
                }

                return sponge.Finish() == Keccak256.Hash(input);
            },
            iter: 2000);

    /// <summary>The known answers above go through <c>Permute</c>, which may not choose the scalar permutation on this machine.</summary>
    [Fact]
    public void The_scalar_permutation_equals_the_chosen_one() =>
        Gen.ULong.Array[KeccakState.LaneCount].Sample(lanes =>
        {
            var chosen = default(KeccakState);
            lanes.CopyTo((Span<ulong>)chosen);
            var scalar = chosen;
            KeccakPermutation.Permute(ref chosen);
            KeccakPermutation.PermuteScalar(ref scalar);
            return ((ReadOnlySpan<ulong>)scalar).SequenceEqual(chosen);
        });

    private static Hash256 Reference(ReadOnlySpan<byte> input)
    {
        var digest = new KeccakDigest(256);
        digest.BlockUpdate(input);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        digest.DoFinal(hash);
        return new Hash256(hash);
    }
}
