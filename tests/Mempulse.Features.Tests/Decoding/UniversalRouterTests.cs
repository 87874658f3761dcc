using Mempulse.Features.Decoding;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>Uniswap's own calls of its routers: read by the layout of the router that is called, and refused where only another layout would fit.</summary>
public sealed class UniversalRouterTests
{
    private const string Router20 = "0x66a9893cc07d91d95644aedd05d03f95e1dba8af";
    private const string Router211 = "0x4c82d1fbfe28c977cbb58d8c7ff8fcf9f70a2cca";
    private const string Unknown = "0x0000000000000000000000000000000000000bad";

    /// <summary>The calls by name.</summary>
    internal static SortedDictionary<string, byte[]> Calls { get; } = ReadCalls();

    public static TheoryData<string> Names => [.. Calls.Keys];

    public static TheoryData<string> SwapNames => [.. Calls.Keys.Where(static name => !name.StartsWith("_MIGRATE", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_and_action_of_a_published_call_is_decoded(string name)
    {
        var tree = Decoded.Call(Router20, Calls[name]);

        Assert.All(Decoded.Lines(tree), static line => Assert.EndsWith(": Decoded", line, StringComparison.Ordinal));
        if (!name.StartsWith("_MIGRATE", StringComparison.Ordinal))
        {
            Assert.Contains(tree.Effects.ToArray(), static effect => effect.Kind == Features.Registry.EffectKind.Swap);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_unknown_router_is_read_by_the_layout_that_alone_fits_or_not_at_all(string name)
    {
        var known = Decoded.Call(Router20, Calls[name]);
        var unknown = Decoded.Call(Unknown, Calls[name]);

        if (unknown.Nodes[0].Status == DecodeStatus.BySelector)
        {
            Assert.Equal(NamesOf(known), NamesOf(unknown));
        }
        else
        {
            Assert.Equal(["Call: AmbiguousLayout"], Decoded.Lines(unknown));
        }
    }

    [Fact]
    public void A_swap_in_three_steps_is_read_with_its_sentinels_and_its_recipients()
    {
        var tree = Decoded.Call(Router20, Calls["_UNISWAP_MIXED_ETH_DAI_V4_TO_USDC_V3"]);

        Assert.Equal(
            ["execute: Decoded", " V4_SWAP: Decoded", "  SETTLE: Decoded", "  SWAP_EXACT_IN: Decoded", "  TAKE: Decoded", " V3_SWAP_EXACT_IN: Decoded"],
            Decoded.Lines(tree));
        Assert.Equal(
            [
                "Transfer Exact:1000000000000000000 0x0000 -> ? - -",
                "Swap Zero 0x0000 -> Minimum:0 0x6b17 -",
                "Sweep Zero 0x6b17 -> ? - 0x66a9",
                "Swap HighBit 0x6b17 -> Minimum:948962 0xa0b8 0xaaaa",
            ],
            Decoded.Effects(tree));
    }

    [Theory]
    [MemberData(nameof(SwapNames))]
    public void A_call_that_only_another_router_reads_is_refused(string name)
    {
        // The router of layout 2.1.1 wants a price for each hop, which these calls do not have.
        var tree = Decoded.Call(Router211, Calls[name]);

        Assert.Equal(["Call: AmbiguousLayout"], Decoded.Lines(tree));
        Assert.Equal("UniversalRouter V2_1_1", tree.Nodes[0].Contract?.Name);
        Assert.Empty(tree.Effects.ToArray());
    }

    private static IEnumerable<string> NamesOf(DecodeTree tree) => Decoded.Lines(tree).Select(static line => line[..line.IndexOf(':', StringComparison.Ordinal)]);

    private static SortedDictionary<string, byte[]> ReadCalls()
    {
        using var file = CallVectors.Read("universal-router-calls.json.zst");
        return new(file.RootElement.EnumerateObject().ToDictionary(static call => call.Name, static call => CallVectors.Bytes(call.Value, "calldata")), StringComparer.Ordinal);
    }
}
