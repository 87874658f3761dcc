using Mempulse.Ethereum.Rlp;

namespace Mempulse.Ethereum.Tests.Rlp;

public sealed class RlpReaderTests
{
    [Theory]
    [InlineData("", RlpError.MissingItem, 0)]
    [InlineData("83aabb", RlpError.Truncated, 0)]
    [InlineData("b9", RlpError.Truncated, 0)]
    [InlineData("bfffffffffffffffff00", RlpError.Truncated, 0)]
    [InlineData("c180", RlpError.UnexpectedList, 0)]
    [InlineData("817f", RlpError.NonCanonicalByte, 0)]
    [InlineData("b80100", RlpError.NonCanonicalLength, 0)]
    [InlineData("b90038", RlpError.NonCanonicalLength, 0)]
    [InlineData("00", RlpError.LeadingZero, 0)]
    [InlineData("820001", RlpError.LeadingZero, 0)]
    [InlineData("89010000000000000000", RlpError.IntegerTooWide, 0)]
    [InlineData("0101", RlpError.TrailingBytes, 1)]
    public void A_bad_integer_is_rejected_with_its_reason_and_offset(string hex, RlpError expected, int offset)
    {
        var reader = new RlpReader(Convert.FromHexString(hex));

        reader.ReadUInt64();
        reader.ExpectEnd();

        Assert.Equal((expected, offset), (reader.Error, reader.ErrorOffsetBytes));
    }

    [Fact]
    public void A_string_is_not_a_list()
    {
        var reader = new RlpReader([0x01, 0x80]);

        reader.ReadUInt64();
        reader.EnterList();

        Assert.Equal((RlpError.UnexpectedString, 1), (reader.Error, reader.ErrorOffsetBytes));
    }

    [Fact]
    public void An_item_that_leaves_its_list_is_rejected()
    {
        var reader = new RlpReader([0xc2, 0x82, 0xaa, 0xbb]); // the string ends one byte after the list

        int outer = reader.EnterList();
        reader.ReadString();
        reader.LeaveList(outer);

        Assert.Equal((RlpError.Truncated, 1), (reader.Error, reader.ErrorOffsetBytes));
    }

    [Fact]
    public void An_address_of_another_length_is_rejected()
    {
        var reader = new RlpReader([0x93, .. new byte[19]]);

        reader.ReadAddress();

        Assert.Equal(RlpError.WrongLength, reader.Error);
    }

    [Fact]
    public void The_first_error_is_kept_and_later_reads_return_defaults()
    {
        var reader = new RlpReader([0x81, 0x01, 0x05]);

        Assert.Equal(0UL, reader.ReadUInt64());
        Assert.Equal(0UL, reader.ReadUInt64());
        Assert.True(reader.ReadString().IsEmpty);
        Assert.False(reader.HasMore);
        Assert.Equal((RlpError.NonCanonicalByte, 0), (reader.Error, reader.ErrorOffsetBytes));
    }
}
