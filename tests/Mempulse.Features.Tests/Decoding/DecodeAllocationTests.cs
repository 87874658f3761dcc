using Mempulse.Features.Decoding;
using Mempulse.Features.Tests.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>Decoding allocates nothing once its buffers have their size.</summary>
public sealed class DecodeAllocationTests
{
    [Theory]
    [InlineData("0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", "a9059cbb")] // a transfer of a known token
    [InlineData("0x0000000000000000000000000000000000000bad", "a9059cbb")] // and of an unknown one
    [InlineData("0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", "095ea7b3")] // an approval
    [InlineData("0x0000000000000000000000000000000000000bad", "095ea7b3")]
    public void A_transfer_or_an_approval_allocates_nothing(string target, string selector) =>
        Assert.Equal(0, Allocated(Address.Parse(target), [.. Convert.FromHexString(selector), .. AbiWords.Of(0xee, 5)]));

    [Fact]
    public void Calls_of_a_known_router_allocate_nothing()
    {
        foreach (byte[] call in UniversalRouterTests.Calls.Values)
        {
            Assert.Equal(0, Allocated(Address.Parse("0x66a9893cc07d91d95644aedd05d03f95e1dba8af"), call));
        }
    }

    [Fact]
    public void A_swap_whose_kind_decides_what_is_exact_allocates_nothing() =>
        Assert.Equal(0, Allocated(
            Address.Parse("0xba12222222228d8ba445958a75a0704d566bf2c8"),
            [.. Convert.FromHexString("52bbbe29"), .. AbiWords.Of(224, 0xee, 0, 0xff, 0, 90, 1_000), .. AbiWords.Of(1, 0, 0xaa, 0xbb, 500, 192, 0)]));

    private static long Allocated(Address target, byte[] data)
    {
        var (decoder, tree, trades) = (new CallDecoder(ShippedRegistry.Value), new DecodeTree(), new TradeReader());
        long Once()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            decoder.Decode(new CallRequest { Chain = new ChainId(1), Block = new BlockNumber(ulong.MaxValue), Sender = Decoded.Sender, Target = target, Value = 0, Data = data }, tree);
            trades.Read(tree, null);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Once();
        return Math.Min(Once(), Once());
    }
}
