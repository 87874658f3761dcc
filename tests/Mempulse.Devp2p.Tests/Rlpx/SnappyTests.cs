using CsCheck;
using Mempulse.Devp2p.Tests.Vectors;
using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Tests.Rlpx;

public sealed class SnappyTests
{
    [Fact]
    public void The_golden_pair_decompresses_to_its_text()
    {
        byte[] text = DevP2pVectors.Bytes("snappy/Isaac.Newton-Opticks.txt");

        Assert.True(SnappyPayload.TryDecompress(DevP2pVectors.Bytes("snappy/Isaac.Newton-Opticks.txt.rawsnappy"), out byte[] payload));

        Assert.Equal(text, payload);
    }

    [Fact]
    public void Compressed_bytes_decompress_to_the_original() =>
        Gen.Byte.Array[0, 3000].Sample(bytes => Assert.True(SnappyPayload.TryDecompress(SnappyPayload.Compress(bytes), out byte[] back) && back.AsSpan().SequenceEqual(bytes)));

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 300].Sample(bytes => SnappyPayload.TryDecompress(bytes, out _) || true, iter: 20_000);

    [Theory]
    [InlineData("8080800800")] // states 16 MiB in 5 bytes
    [InlineData("81808008")] // one byte more than 16 MiB
    [InlineData("ffffffff0f")] // 4 GiB
    [InlineData("ffffffffffffffffff01")]
    [InlineData("")]
    public void A_bomb_is_refused_before_allocating(string hex)
    {
        byte[] bomb = Convert.FromHexString(hex);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(SnappyPayload.TryDecompress(bomb, out _));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }
}
