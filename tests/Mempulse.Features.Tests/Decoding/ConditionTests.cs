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
            .. AbiWords.Of(224, 0xee, 0, 0xff, 0, 90, 1_000), // the swap's offset, funds, limit, deadline
            .. AbiWords.Of(1, kind, 0xaa, 0xbb, 500, 192, 0),
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
}
