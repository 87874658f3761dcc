using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Tests.Rlp;

/// <summary>RLP at the lengths where its form changes: the one canonical form is written and read, every other is refused. Yellow Paper, appendix B.</summary>
public sealed class RlpBoundaryTests
{
    private delegate void Writing(RlpWriter writer);

    [Theory]
    [InlineData(0, "80")]
    [InlineData(2, "82")]
    [InlineData(55, "b7")]
    [InlineData(56, "b838")]
    [InlineData(255, "b8ff")]
    [InlineData(256, "b90100")]
    [InlineData(65_535, "b9ffff")]
    [InlineData(65_536, "ba010000")]
    public void A_string_has_the_shortest_header(int length, string header)
    {
        byte[] content = [.. Enumerable.Repeat((byte)0xaa, length)];

        byte[] encoded = Write(writer => writer.Write(content));

        Assert.Equal([.. Convert.FromHexString(header), .. content], encoded);
        var reader = new RlpReader(encoded);
        Assert.True(reader.ReadString().SequenceEqual(content));
        reader.ExpectEnd();
        Assert.False(reader.Failed);
    }

    [Theory]
    [InlineData(0, "c0")]
    [InlineData(55, "f7")]
    [InlineData(56, "f838")]
    [InlineData(255, "f8ff")]
    [InlineData(256, "f90100")]
    [InlineData(65_535, "f9ffff")]
    [InlineData(65_536, "fa010000")]
    public void A_list_has_the_shortest_header(int length, string header)
    {
        byte[] items = [.. Enumerable.Repeat((byte)0x01, length)];

        byte[] encoded = Write(writer =>
        {
            int start = writer.BeginList();
            writer.WriteEncoded(items);
            writer.EndList(start);
        });

        Assert.Equal([.. Convert.FromHexString(header), .. items], encoded);
        var reader = new RlpReader(encoded);
        int outer = reader.EnterList();
        int count = 0;
        while (reader.HasMore)
        {
            Assert.Equal(1UL, reader.ReadUInt64());
            count++;
        }

        reader.LeaveList(outer);
        reader.ExpectEnd();
        Assert.Equal((length, RlpError.None), (count, reader.Error));
    }

    [Theory]
    [InlineData(0x00, "00")]
    [InlineData(0x7f, "7f")]
    [InlineData(0x80, "8180")]
    [InlineData(0xff, "81ff")]
    public void A_single_byte_below_0x80_is_its_own_encoding(byte value, string expected)
    {
        byte[] encoded = Write(writer => writer.Write([value]));

        Assert.Equal(expected, Convert.ToHexStringLower(encoded));
        var reader = new RlpReader(encoded);
        Assert.True(reader.ReadString().SequenceEqual([value]));
    }

    /// <summary>A length below 56 in the long form, lengths with a leading zero, a byte with a header.</summary>
    [Theory]
    [InlineData("b800", 0, RlpError.NonCanonicalLength)]
    [InlineData("b837", 55, RlpError.NonCanonicalLength)]
    [InlineData("b838", 56, RlpError.None)]
    [InlineData("b838", 55, RlpError.Truncated)]
    [InlineData("b838", 57, RlpError.TrailingBytes)]
    [InlineData("b90038", 56, RlpError.NonCanonicalLength)]
    [InlineData("b900ff", 255, RlpError.NonCanonicalLength)]
    [InlineData("b90100", 256, RlpError.None)]
    [InlineData("b7", 55, RlpError.None)]
    [InlineData("b7", 54, RlpError.Truncated)]
    [InlineData("81", 1, RlpError.None)]
    [InlineData("bb7fffffff", 3, RlpError.Truncated)]
    [InlineData("bbffffffff", 3, RlpError.Truncated)]
    [InlineData("bfffffffffffffffff", 3, RlpError.Truncated)]
    public void A_string_in_another_form_is_refused(string header, int length, RlpError expected)
    {
        byte[] encoded = [.. Convert.FromHexString(header), .. Enumerable.Repeat((byte)0xaa, length)];
        var reader = new RlpReader(encoded);
        int read = reader.ReadString().Length;
        reader.ExpectEnd();

        Assert.Equal(expected, reader.Error);
        Assert.True(reader.Failed || read == length);

        // The same holds for a whole item of unknown content, and for a list.
        var item = new RlpReader(encoded);
        item.ReadItem();
        item.ExpectEnd();
        Assert.Equal(expected, item.Error);
        byte[] list = [(byte)(encoded[0] + 0x40), .. Convert.FromHexString(header)[1..], .. Enumerable.Repeat((byte)0x01, length)];
        var entered = new RlpReader(list);
        int outer = entered.EnterList();
        while (entered.HasMore)
        {
            entered.ReadItem();
        }

        entered.LeaveList(outer);
        entered.ExpectEnd();
        Assert.Equal(expected, entered.Error);
    }

    [Theory]
    [InlineData(0UL, "80")]
    [InlineData(1UL, "01")]
    [InlineData(127UL, "7f")]
    [InlineData(128UL, "8180")]
    [InlineData(255UL, "81ff")]
    [InlineData(256UL, "820100")]
    [InlineData(ulong.MaxValue, "88ffffffffffffffff")]
    public void An_integer_has_no_leading_zero(ulong value, string expected)
    {
        byte[] narrow = Write(writer => writer.Write(value));
        byte[] wide = Write(writer => writer.Write((UInt256)value));
        Span<byte> span = stackalloc byte[9];

        Assert.Equal((expected, expected), (Convert.ToHexStringLower(narrow), Convert.ToHexStringLower(wide)));
        Assert.Equal(expected, Convert.ToHexStringLower(span[..RlpInteger.Write(value, span)]));
        Assert.Equal(value, new RlpReader(narrow).ReadUInt64());
        Assert.Equal((UInt256)value, new RlpReader(narrow).ReadUInt256());
    }

    [Theory]
    [InlineData(8, 32, RlpError.None, RlpError.None)]
    [InlineData(9, 32, RlpError.IntegerTooWide, RlpError.None)]
    [InlineData(32, 33, RlpError.IntegerTooWide, RlpError.IntegerTooWide)]
    public void An_integer_may_have_exactly_its_width(int bytes, int wideBytes, RlpError narrow, RlpError wide)
    {
        var first = new RlpReader([(byte)(0x80 + bytes), .. Enumerable.Repeat((byte)0xff, bytes)]);
        var second = new RlpReader([(byte)(0x80 + wideBytes), .. Enumerable.Repeat((byte)0xff, wideBytes)]);

        first.ReadUInt64();
        second.ReadUInt256();

        Assert.Equal((narrow, wide), (first.Error, second.Error));
    }

    [Theory]
    [InlineData("80", RlpError.None)]
    [InlineData("94aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", RlpError.None)]
    [InlineData("93aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", RlpError.WrongLength)]
    [InlineData("95aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", RlpError.WrongLength)]
    [InlineData("c0", RlpError.UnexpectedList)]
    [InlineData("00", RlpError.WrongLength)]
    [InlineData("", RlpError.MissingItem)]
    public void A_recipient_is_an_address_or_nothing(string hex, RlpError expected)
    {
        var reader = new RlpReader(Convert.FromHexString(hex));

        var address = reader.ReadOptionalAddress();
        reader.ExpectEnd();

        Assert.Equal(expected, reader.Error);
        Assert.Equal(hex == "80", address is null && !reader.Failed);
    }

    [Fact]
    public void An_inner_list_that_ends_early_or_late_is_refused()
    {
        // [[1, 2], 3] read as [[1], 3] and as [[1, 2, 3]]
        byte[] encoded = [0xc4, 0xc2, 0x01, 0x02, 0x03];
        var early = new RlpReader(encoded);
        int outer = early.EnterList();
        int inner = early.EnterList();
        early.ReadUInt64();
        early.LeaveList(inner);
        Assert.Equal((RlpError.TrailingBytes, 3), (early.Error, early.ErrorOffsetBytes));

        var late = new RlpReader(encoded);
        outer = late.EnterList();
        inner = late.EnterList();
        late.ReadUInt64();
        late.ReadUInt64();
        late.ReadUInt64();
        Assert.Equal((RlpError.MissingItem, 4), (late.Error, late.ErrorOffsetBytes));
        late.LeaveList(inner);
        late.LeaveList(outer);
        Assert.Equal(RlpError.MissingItem, late.Error);
    }

    private static byte[] Write(Writing write)
    {
        var buffer = new ByteBuffer();
        write(new RlpWriter(buffer));
        return buffer.WrittenSpan.ToArray();
    }
}
