using Mempulse.Devp2p.Eth;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Tests.Eth;

/// <summary>Messages of eth at their exact limits, and with one field that is not valid.</summary>
public sealed class EthBoundTests
{
    [Theory]
    [InlineData(EthLimits.MaxAnnouncedTransactions, true)]
    [InlineData(EthLimits.MaxAnnouncedTransactions + 1, false)]
    public void An_announcement_of_exactly_the_limit_is_read(int count, bool isRead) =>
        Assert.Equal(isRead, IsRead(EthCodes.NewPooledTransactionHashes, Encode(new EthMessage.NewPooledTransactionHashes(new byte[count], new uint[count], new Hash256[count]))));

    [Theory]
    [InlineData(EthLimits.MaxRequestedHashes, true)]
    [InlineData(EthLimits.MaxRequestedHashes + 1, false)]
    public void A_request_of_exactly_the_limit_is_read(int count, bool isRead) =>
        Assert.Equal(isRead, IsRead(EthCodes.GetPooledTransactions, Encode(new EthMessage.GetPooledTransactions(1, new Hash256[count]))));

    [Theory]
    [InlineData(2, 2, 2, true)]
    [InlineData(2, 1, 2, false)]
    [InlineData(2, 3, 2, false)]
    [InlineData(2, 2, 1, false)]
    [InlineData(2, 2, 3, false)]
    public void The_lists_of_an_announcement_have_one_length(int types, int sizes, int hashes, bool isRead)
    {
        byte[] bytes = Encode(writer =>
        {
            writer.Write(new byte[types].AsSpan());
            int list = writer.BeginList();
            for (int i = 0; i < sizes; i++)
            {
                writer.Write(1UL);
            }

            writer.EndList(list);
            EthPayload.WriteHashes(new Hash256[hashes], writer);
        });

        Assert.Equal(isRead, IsRead(EthCodes.NewPooledTransactionHashes, bytes));
    }

    [Fact]
    public void A_size_over_32_bits_is_the_largest_one()
    {
        byte[] bytes = Encode(writer =>
        {
            writer.Write([(byte)2]);
            int list = writer.BeginList();
            writer.Write(1UL << 40);
            writer.EndList(list);
            EthPayload.WriteHashes([default], writer);
        });

        Assert.True(EthDialect.Of(68).TryDecode(EthCodes.NewPooledTransactionHashes, bytes, out var message, out _));
        Assert.Equal(uint.MaxValue, Assert.IsType<EthMessage.NewPooledTransactionHashes>(message).SizesBytes.Span[0]);
    }

    [Theory]
    [InlineData("c0", true)]
    [InlineData("c101", true)]
    [InlineData("c180", false)] // an empty transaction
    [InlineData("c1c0", true)] // an empty list: its bytes are the transaction's
    public void A_transaction_has_at_least_a_byte(string hex, bool isRead) => Assert.Equal(isRead, IsRead(EthCodes.Transactions, Convert.FromHexString(hex)));

    [Theory]
    [InlineData(0, HeaderOrder.Rising)]
    [InlineData(1, HeaderOrder.Falling)]
    [InlineData(2, null)]
    public void The_order_of_headers_is_a_flag(ulong reverse, HeaderOrder? order)
    {
        byte[] bytes = Encode(writer =>
        {
            writer.Write(9UL);
            int list = writer.BeginList();
            writer.Write(5UL);
            writer.Write(6UL);
            writer.Write(7UL);
            writer.Write(reverse);
            writer.EndList(list);
        });

        Assert.Equal(order is not null, EthDialect.Of(68).TryDecode(EthCodes.GetBlockHeaders, bytes, out var message, out _));
        Assert.Equal(order is null ? null : new EthMessage.GetBlockHeaders(9, BlockStart.AtNumber(5), 6, 7, order.Value), message);
    }

    [Fact]
    public void Headers_are_asked_for_by_number_or_by_hash()
    {
        foreach (var start in new[] { BlockStart.AtNumber(0), BlockStart.AtNumber(ulong.MaxValue), BlockStart.AtHash(default) })
        {
            var query = new EthMessage.GetBlockHeaders(1, start, 2, 3, HeaderOrder.Falling);

            Assert.True(EthDialect.Of(69).TryDecode(EthCodes.GetBlockHeaders, Encode(query), out var back, out _));
            Assert.Equal(query, back);
        }
    }

    private static bool IsRead(int code, byte[] bytes) => EthDialect.Of(68).TryDecode(code, bytes, out _, out _);

    private static byte[] Encode(EthMessage message)
    {
        var output = new ByteBuffer();
        EthDialect.Of(68).Encode(message, output);
        return output.WrittenSpan.ToArray();
    }

    private delegate void WriteItems(RlpWriter writer);

    private static byte[] Encode(WriteItems write)
    {
        var output = new ByteBuffer();
        var writer = new RlpWriter(output);
        int list = writer.BeginList();
        write(writer);
        writer.EndList(list);
        return output.WrittenSpan.ToArray();
    }
}
