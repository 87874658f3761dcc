using Mempulse.Ethereum.Hashing;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Simulations;
using Mempulse.Testing;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>Codes are compressed once, as long as those that were compressed last fit.</summary>
public sealed class PreparedCodesTests
{
    [Fact]
    public void A_code_is_compressed_once_and_the_oldest_leave_first()
    {
        SimCode[] codes = [.. Enumerable.Range(0, 4).Select(static number => Code(number))];
        int size = new PreparedCodes().Of(codes[0]).StoredBytes;
        var prepared = new PreparedCodes(maxBytes: 3 * size);

        var first = codes.Select(prepared.Of).ToList();

        Assert.Equal(3L * size, prepared.SizeBytes);
        Assert.Equal(codes.Select(static code => code.Hash), first.Select(static content => content.Digest));
        Assert.Same(first[3], prepared.Of(codes[3]));
        Assert.Same(first[1], prepared.Of(codes[1]));
        Assert.NotSame(first[0], prepared.Of(codes[0]));
        Assert.Equal(3L * size, prepared.SizeBytes);
    }

    private static SimCode Code(int number)
    {
        byte[] bytes = new SeededBytes((ulong)number).Next(500);
        return new SimCode(Keccak256.Hash(bytes), bytes);
    }
}
