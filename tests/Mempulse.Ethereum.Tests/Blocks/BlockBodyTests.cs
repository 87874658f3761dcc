using Mempulse.Ethereum.Blocks;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Tests.Blocks;

/// <summary>A block body is read in its one form: lists of transactions, ommers and, since Shanghai, withdrawals.</summary>
public sealed class BlockBodyTests
{
    [Theory]
    [InlineData("c2c0c0", 0, null)]
    [InlineData("c3c0c0c0", 0, 0)]
    [InlineData("c3c1c0c0", 1, null)] // a legacy transaction is a list
    [InlineData("c5c382027fc0", 1, null)] // a typed one is a string that begins with its type
    [InlineData("c4c2 7f80 c0", -1, null)] // an empty string has no type
    [InlineData("c3c101c0", 1, null)]
    [InlineData("c4c28180c0", -1, null)] // 0x80 is not a type
    [InlineData("c3c180c0", -1, null)]
    [InlineData("c2c0c000", -1, null)] // a byte after the body
    [InlineData("c4c0c0c0c0", -1, null)] // a fourth list
    [InlineData("c1c0", -1, null)] // no ommers
    [InlineData("c0", -1, null)]
    public void A_body_is_read_in_its_form_only(string hex, int transactions, int? withdrawals)
    {
        bool isRead = BlockBody.TryDecode(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), out var body, out _);

        Assert.Equal(transactions >= 0, isRead);
        if (body is not null)
        {
            Assert.Equal((transactions, withdrawals), (body.Transactions.Count, body.Withdrawals?.Count));
            var output = new ByteBuffer();
            body.Encode(output);
            Assert.Equal(hex, Convert.ToHexStringLower(output.WrittenSpan));
        }
    }
}
