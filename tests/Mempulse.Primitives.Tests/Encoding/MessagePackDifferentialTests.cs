using System.Buffers;
using CsCheck;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Tests.Encoding;

/// <summary>Our subset compared with the MessagePack package: the same bytes, and each reads the other's.</summary>
public sealed class MessagePackDifferentialTests
{
    [Fact]
    public void Both_write_the_same_bytes() =>
        Token.Sequences.Sample(tokens => Assert.Equal(ByPackage(tokens), ByUs(tokens)), iter: 300);

    [Fact]
    public void The_package_reads_what_we_write() => Token.Sequences.Sample(
        tokens =>
        {
            var reader = new MessagePack.MessagePackReader(ByUs(tokens));
            foreach (var token in tokens)
            {
                token.Expect(ref reader);
            }

            Assert.True(reader.End);
        },
        iter: 300);

    [Fact]
    public void We_read_what_the_package_writes() => Token.Sequences.Sample(
        tokens =>
        {
            var reader = new MessagePackReader(ByPackage(tokens));
            foreach (var token in tokens)
            {
                token.Expect(ref reader);
            }

            Assert.True(reader.AtEnd);
        },
        iter: 300);

    [Fact]
    public void We_skip_whatever_the_package_writes() => AnyValue(3).Array[1, 8].Sample(
        values =>
        {
            var buffer = new ArrayBufferWriter<byte>();
            var writer = new MessagePack.MessagePackWriter(buffer);
            foreach (var value in values)
            {
                value(ref writer);
            }

            writer.Flush();
            var reader = new MessagePackReader(buffer.WrittenSpan);
            foreach (var _ in values)
            {
                reader.Skip();
            }

            Assert.True(reader.AtEnd);
        },
        iter: 2000);

    [Fact]
    public void A_wide_number_is_a_big_endian_byte_string() => Gen.ULong.Select(Gen.ULong, Gen.ULong, Gen.ULong).Sample((a, b, c, d) =>
    {
        var value = new UInt256(a, b, c, d);
        var buffer = new ByteBuffer();
        new MessagePackWriter(buffer).Write(value);

        var theirs = new MessagePack.MessagePackReader(buffer.WrittenMemory);
        var ours = new MessagePackReader(buffer.WrittenSpan);

        var read = value.FitsUInt64 ? theirs.ReadUInt64() : UInt256.FromBigEndian(theirs.ReadBytes()!.Value.ToArray());
        Assert.Equal(value, read);
        Assert.Equal(value, ours.ReadUInt256());
    });

    private delegate void Write(ref MessagePack.MessagePackWriter writer);

    private static Gen<Write> AnyValue(int depth)
    {
        var scalar = Gen.OneOf(
            Gen.Int.Select<int, Write>(value => (ref MessagePack.MessagePackWriter writer) => writer.Write(value)),
            Gen.Long.Select<long, Write>(value => (ref MessagePack.MessagePackWriter writer) => writer.Write(value)),
            Gen.Double.Select<double, Write>(value => (ref MessagePack.MessagePackWriter writer) => writer.Write(value)),
            Gen.Single.Select<float, Write>(value => (ref MessagePack.MessagePackWriter writer) => writer.Write(value)),
            Gen.String.Select<string, Write>(value => (ref MessagePack.MessagePackWriter writer) => writer.Write(value)),
            Gen.Byte.Array[0, 300].Select<byte[], Write>(value => (ref MessagePack.MessagePackWriter writer) => writer.Write(value)),
            Gen.Byte.Array[0, 40].Select<byte[], Write>(value => (ref MessagePack.MessagePackWriter writer) => writer.WriteExtensionFormat(new MessagePack.ExtensionResult(7, value))),
            Gen.Bool.Select<bool, Write>(value => (ref MessagePack.MessagePackWriter writer) => writer.Write(value)));
        if (depth == 0)
        {
            return scalar;
        }

        var children = AnyValue(depth - 1).Array[0, 18];
        return Gen.OneOf(scalar, children.Select(ArrayOf), children.Select(MapOf));
    }

    private static Write ArrayOf(Write[] children) => (ref MessagePack.MessagePackWriter writer) =>
    {
        writer.WriteArrayHeader(children.Length);
        foreach (var child in children)
        {
            child(ref writer);
        }
    };

    private static Write MapOf(Write[] children) => (ref MessagePack.MessagePackWriter writer) =>
    {
        writer.WriteMapHeader(children.Length);
        for (int i = 0; i < children.Length; i++)
        {
            writer.Write(i);
            children[i](ref writer);
        }
    };

    private static byte[] ByUs(Token[] tokens)
    {
        var buffer = new ByteBuffer(1);
        foreach (var token in tokens)
        {
            token.Write(new MessagePackWriter(buffer));
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] ByPackage(Token[] tokens)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePack.MessagePackWriter(buffer);
        foreach (var token in tokens)
        {
            token.Write(ref writer);
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
