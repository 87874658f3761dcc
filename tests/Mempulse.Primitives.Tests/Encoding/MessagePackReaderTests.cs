using CsCheck;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Tests.Encoding;

/// <summary>Malformed input throws <see cref="EventDecodeException"/> and nothing else.</summary>
public sealed class MessagePackReaderTests
{
    private delegate void Read(ref MessagePackReader reader);

    private static readonly Read[] Reads =
    [
        (ref reader) => reader.TryReadNil(),
        (ref reader) => reader.ReadArrayHeader(),
        (ref reader) => reader.ReadBoolean(),
        (ref reader) => reader.ReadUInt64(),
        (ref reader) => reader.ReadUInt64(1000),
        (ref reader) => reader.ReadBytes(),
        (ref reader) => reader.ReadHash(),
        (ref reader) => reader.ReadAddress(),
        (ref reader) => reader.ReadUInt256(),
        (ref reader) => reader.ReadString(),
        (ref reader) => reader.Skip(),
    ];

    [Fact]
    public void Random_bytes_throw_no_other_exception() =>
        Gen.Select(Gen.Byte.Array[0, 64], Gen.Int[0, Reads.Length - 1].Array[1, 8]).Sample(
            (bytes, plan) =>
            {
                try
                {
                    var reader = new MessagePackReader(bytes);
                    foreach (int step in plan)
                    {
                        Reads[step](ref reader);
                    }
                }
                catch (EventDecodeException)
                {
                }
            },
            iter: 50_000);

    [Fact]
    public void Every_prefix_of_a_value_is_rejected() => Token.Sequences.Sample(
        tokens =>
        {
            var buffer = new ByteBuffer();
            tokens[0].Write(new MessagePackWriter(buffer));
            byte[] whole = buffer.WrittenSpan.ToArray();
            for (int length = 0; length < Math.Min(whole.Length, 300); length++)
            {
                byte[] prefix = whole[..length];
                Assert.Throws<EventDecodeException>(() =>
                {
                    var reader = new MessagePackReader(prefix);
                    reader.Skip();
                });
            }
        },
        iter: 100);

    [Fact]
    public void An_unknown_value_that_nests_too_deep_is_rejected()
    {
        byte[] deepest = [.. Enumerable.Repeat((byte)0x91, MessagePackReader.MaxDepth - 1), 0xc0];
        byte[] tooDeep = [0x91, .. deepest];

        var reader = new MessagePackReader(deepest);
        reader.Skip();

        Assert.True(reader.AtEnd);
        Assert.Throws<EventDecodeException>(() => new MessagePackReader(tooDeep).Skip());
    }

    [Theory]
    [InlineData("dd7fffffff")] // array of 2^31-1
    [InlineData("ddffffffff")]
    [InlineData("dfffffffff")] // map of 2^32-1
    [InlineData("c6ffffffff")] // bytes
    [InlineData("dbffffffff")] // text
    [InlineData("c9ffffffff")] // extension
    public void An_impossible_length_is_rejected_without_allocating(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);

        Assert.Throws<EventDecodeException>(() => new MessagePackReader(bytes).Skip());
        Assert.Throws<EventDecodeException>(() => new MessagePackReader(bytes).ReadArrayHeader());
    }

    [Theory]
    [InlineData("c4080102030405060708")] // 8 bytes fit a number
    [InlineData("c409000102030405060708")] // leading zero
    [InlineData("c400")]
    public void A_wide_number_has_only_one_encoding(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);

        Assert.Throws<EventDecodeException>(() => new MessagePackReader(bytes).ReadUInt256());
    }
}
