using CsCheck;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Tests.Encoding;

/// <summary>RFC 3720 appendix B.4, and a bitwise reference implementation.</summary>
public sealed class Crc32CTests
{
    private const uint ReversedPolynomial = 0x82f63b78;

    [Fact]
    public void The_vectors_of_RFC_3720_match()
    {
        byte[] rising = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

        Assert.Equal(0x8a9136aau, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x62a8ab43u, Crc32C.Compute([.. Enumerable.Repeat((byte)0xff, 32)]));
        Assert.Equal(0x46dd794eu, Crc32C.Compute(rising));
        Assert.Equal(0x113fdb5cu, Crc32C.Compute([.. rising.Reverse()]));
        Assert.Equal(0xd9963a56u, Crc32C.Compute(Convert.FromHexString(
            "01c00000000000000000000000000000" + "14000000000004000000001400000018" + "28000000000000000200000000000000")));
        Assert.Equal(0xe3069283u, Crc32C.Compute(System.Text.Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0u, Crc32C.Compute([]));
    }

    [Fact]
    public void It_equals_the_bitwise_computation() =>
        Gen.Byte.Array[0, 100].Sample(bytes => Assert.Equal(BitByBit(bytes), Crc32C.Compute(bytes)));

    [Fact]
    public void It_can_be_computed_in_pieces() =>
        Gen.Select(Gen.Byte.Array[0, 50], Gen.Byte.Array[0, 50]).Sample((left, right) =>
            Assert.Equal(Crc32C.Compute([.. left, .. right]), Crc32C.Continue(Crc32C.Compute(left), right)));

    private static uint BitByBit(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? ReversedPolynomial : 0);
            }
        }

        return ~crc;
    }
}
