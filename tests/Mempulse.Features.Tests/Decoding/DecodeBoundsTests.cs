using CsCheck;
using Mempulse.Features.Decoding;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>Calldata that is built to explode a decoder ends at its bounds, and says so.</summary>
public sealed class DecodeBoundsTests
{
    private const string Multicall3 = "0xca11bde05977b3631167028862be2a173976ca11";
    private const string Router20 = "0x66a9893cc07d91d95644aedd05d03f95e1dba8af";
    private const string Router02 = "0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45";

    private static readonly string[] s_targets = [Multicall3, Router02, Router20, "0x0000000071727de22e5e9d8baf0edac6f37da032", "0x0000000000000000000000000000000000000bad"];
    private static readonly string[] s_selectors = ["82ad56cb", "ac9650d8", "24856bc3", "3593564c", "765e827f", "5ae401dc"];

    [Fact]
    public void Calls_are_followed_to_their_depth_and_no_further()
    {
        byte[] data = [0x12, 0x34];
        for (int i = 0; i < DecodeBounds.MaxDepth + 2; i++)
        {
            data = Multicall([data]);
        }

        var lines = Decoded.Lines(Decoded.Call(Router02, data));

        Assert.Equal(DecodeBounds.MaxDepth + 2, lines.Count);
        Assert.All(lines.Take(DecodeBounds.MaxDepth + 1), static line => Assert.EndsWith("multicall: Decoded", line, StringComparison.Ordinal));
        Assert.EndsWith("Call: Undecodable TooDeep", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_023, false)]
    [InlineData(1_024, true)]
    public void A_tree_has_exactly_its_number_of_calls(int calls, bool isCut)
    {
        var tree = Decoded.Call(Router02, Multicall([.. Enumerable.Repeat<byte[]>([0x12, 0x21, 0x0e, 0x8a], calls)]));

        Assert.Equal((Math.Min(calls + 1, DecodeBounds.MaxNodes), isCut), (tree.Nodes.Length, tree.IsCut));
    }

    [Theory]
    [InlineData(DecodeBounds.MaxCalldataBytes, "Call: Undecodable UnknownSelector")]
    [InlineData(DecodeBounds.MaxCalldataBytes + 1, "Call: Undecodable TooLarge")]
    [InlineData(3, "Call: Undecodable NoSelector")]
    [InlineData(0, "Payment: Decoded")]
    public void Calldata_has_a_selector_and_at_most_its_size(int size, string expected) =>
        Assert.Equal([expected], Decoded.Lines(Decoded.Call(Multicall3, [.. Enumerable.Repeat((byte)0xfe, size)])));

    [Fact]
    public void Calls_that_share_their_bytes_end_at_the_number_of_parts()
    {
        // 900 calls whose data is one and the same large array of words.
        byte[] inner = [.. Convert.FromHexString("38ed1739"), .. AbiWords.Of(1, 2, 160, 3, 4, 1_000), .. new byte[32_000]];
        byte[] outer = [.. Convert.FromHexString("ac9650d8"), .. AbiWords.Of([32, 900, .. Enumerable.Repeat(900 * 32, 900)]), .. AbiWords.Of(inner.Length), .. inner, .. new byte[28]];

        var tree = Decoded.Call(Router02, outer);

        Assert.Contains(" Call: AmbiguousLayout", Decoded.Lines(tree)); // no further call is read once the parts are used up
        Assert.Equal(901, tree.Nodes.Length);
    }

    [Fact]
    public void A_new_contract_and_a_command_that_does_not_exist_are_named()
    {
        var tree = new DecodeTree();
        new CallDecoder(Registry.ShippedRegistry.Value).Decode(
            new CallRequest { Chain = new Primitives.ChainId(1), Block = default, Sender = default, Target = null, Value = default, Data = [1, 2, 3] }, tree);
        Assert.Equal(["Creation: Undecodable Deployment"], Decoded.Lines(tree));

        byte[] execute = [.. Convert.FromHexString("24856bc3"), .. AbiWords.Of(64, 128, 3), 0x3e, 0x0b, 0x0b, .. new byte[29], .. AbiWords.Of(2, 64, 96, 0, 32, 1)];
        Assert.Equal(
            ["execute: Decoded", " Command: UnknownCommand", " WRAP_ETH: Undecodable Truncated", " Command: Undecodable MissingInput"],
            Decoded.Lines(Decoded.Call(Router20, execute)));
    }

    [Fact]
    public void Any_bytes_at_any_known_contract_end_in_a_tree() =>
        Gen.Int[0, s_targets.Length - 1].Select(Gen.Int[0, s_selectors.Length - 1], Gen.Int[0, 255].Array[0, 40], static (target, selector, words) => (Target: s_targets[target], Selector: s_selectors[selector], Words: words))
            .Sample(static sample =>
            {
                // Small words, so that offsets and lengths hit one another.
                byte[] data = [.. Convert.FromHexString(sample.Selector), .. AbiWords.Of(sample.Words)];
                var tree = Decoded.Call(sample.Target, data);

                Assert.InRange(tree.Nodes.Length, 1, DecodeBounds.MaxNodes);
                foreach (var node in tree.Nodes)
                {
                    Assert.InRange(node.OffsetBytes + node.LengthBytes, 0, data.Length);
                }
            });

    private static byte[] Multicall(byte[][] calls)
    {
        var heads = new List<byte>();
        var tails = new List<byte>();
        foreach (byte[] call in calls)
        {
            heads.AddRange(AbiWords.Of((32 * calls.Length) + tails.Count));
            tails.AddRange([.. AbiWords.Of(call.Length), .. call, .. new byte[(32 - (call.Length % 32)) % 32]]);
        }

        return [.. Convert.FromHexString("ac9650d8"), .. AbiWords.Of(32, calls.Length), .. heads, .. tails];
    }
}
