using CsCheck;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Tests.Rlp;

public sealed class RlpPropertyTests
{
    [Fact]
    public void Written_items_read_back() =>
        RlpTree.Any.Sample(tree =>
        {
            var reader = new RlpReader(Encode(tree));
            var read = RlpTree.Read(ref reader);
            reader.ExpectEnd();
            return !reader.Failed && read.Matches(tree);
        });

    [Fact]
    public void Every_proper_prefix_is_rejected() =>
        RlpTree.Any.Sample(
            tree =>
            {
                byte[] encoded = Encode(tree);
                for (int length = 0; length < encoded.Length; length++)
                {
                    Assert.True(Fails(encoded.AsSpan(0, length)), $"The first {length} of {encoded.Length} bytes were accepted.");
                }
            },
            iter: 60);

    [Fact]
    public void An_extra_byte_is_rejected() =>
        Gen.Select(RlpTree.Any, Gen.Byte).Sample((tree, extra) => Fails([.. Encode(tree), extra]));

    /// <summary>Each item has one encoding: accepted bytes equal what would be written.</summary>
    [Fact]
    public void Random_bytes_are_rejected_or_canonical() =>
        Gen.Byte.Array[0, 80].Sample(
            bytes =>
            {
                var reader = new RlpReader(bytes);
                var read = RlpTree.Read(ref reader);
                reader.ExpectEnd();
                return reader.Failed || Encode(read).AsSpan().SequenceEqual(bytes);
            },
            iter: 100_000);

    [Fact]
    public void Integers_read_back_and_have_no_leading_zeros() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 192]).Sample(
            (number, shift) =>
            {
                var word = Shift(number, shift);
                var buffer = new ByteBuffer();
                new RlpWriter(buffer).Write(word);
                new RlpWriter(buffer).Write(number);
                Span<byte> direct = stackalloc byte[42];
                int length = RlpInteger.Write(word, direct);
                length += RlpInteger.Write(number, direct[length..]);
                var reader = new RlpReader(buffer.WrittenSpan);
                Assert.True(direct[..length].SequenceEqual(buffer.WrittenSpan));
                Assert.Equal(word, reader.ReadUInt256());
                Assert.Equal(number, reader.ReadUInt64());
                reader.ExpectEnd();
                Assert.False(reader.Failed);
            });

    private static UInt256 Shift(ulong number, int shift)
    {
        Span<byte> word = stackalloc byte[UInt256.Size];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(word[(24 - (shift / 8))..], number);
        return UInt256.FromBigEndian(word);
    }

    private static byte[] Encode(RlpTree tree)
    {
        var buffer = new ByteBuffer();
        tree.Write(new RlpWriter(buffer));
        return buffer.WrittenSpan.ToArray();
    }

    private static bool Fails(ReadOnlySpan<byte> bytes)
    {
        var reader = new RlpReader(bytes);
        RlpTree.Read(ref reader);
        reader.ExpectEnd();
        return reader.Failed;
    }
}
