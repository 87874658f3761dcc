using Mempulse.Features.Decoding;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>An argument that says which amount is exact or which way a swap goes decides what the call does.</summary>
public sealed class ConditionTests
{
    private const string Vault = "0xba12222222228d8ba445958a75a0704d566bf2c8";

    [Theory]
    [InlineData(0, AmountMeaning.Exact, 500, AmountMeaning.Minimum, 90)] // GIVEN_IN
    [InlineData(1, AmountMeaning.Maximum, 90, AmountMeaning.Exact, 500)] // GIVEN_OUT
    public void A_swap_of_the_vault_is_exact_on_the_side_that_its_kind_says(byte kind, AmountMeaning given, ulong amountIn, AmountMeaning received, ulong amountOut)
    {
        byte[] call =
        [
            .. Convert.FromHexString("52bbbe29"),
            .. Word(224), .. Word(0xee), .. Word(0), .. Word(0xff), .. Word(0), .. Word(90), .. Word(1_000), // the swap's offset, funds, limit, deadline
            .. Word(1), .. Word(kind), .. Word(0xaa), .. Word(0xbb), .. Word(500), .. Word(192), .. Word(0),
        ];

        var tree = Decoded.Call(Vault, call);

        Assert.Equal(DecodeStatus.Decoded, tree.Nodes[0].Status);
        var swap = Assert.Single(tree.Effects.ToArray());
        Assert.Equal((given, (UInt256)amountIn), (swap.AmountIn.Meaning, swap.AmountIn.Value));
        Assert.Equal((received, (UInt256)amountOut), (swap.AmountOut.Meaning, swap.AmountOut.Value));
        Assert.Equal(
            ("0x00000000000000000000000000000000000000aa", "0x00000000000000000000000000000000000000bb", "0x00000000000000000000000000000000000000ff"),
            (swap.TokenIn.ToString(), swap.TokenOut.ToString(), swap.Counterparty.ToString()));
        Assert.Equal((UInt256)1_000, swap.Deadline);
    }

    private static byte[] Word(ulong value)
    {
        byte[] word = new byte[32];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(word.AsSpan(24), value);
        return word;
    }
}
