using Mempulse.Features.Decoding;
using Mempulse.Features.Grading;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>Calls of accounts that run the code of another contract: they have the functions of that contract, and the account keeps its place.</summary>
public sealed class DelegatedCallTests
{
    private const string Weth = "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2";

    private static readonly Address s_proxy = Address.Parse("0x00000000000000000000000000000000000000aa");
    private static readonly byte[] s_deposit = Convert.FromHexString("d0e30db0");
    private static readonly DelegatedCodes s_delegates = new([new DelegatedCode(s_proxy, Address.Parse(Weth), DelegateKind.MinimalProxy)]);

    [Fact]
    public void A_proxy_has_the_functions_of_the_contract_whose_code_it_runs()
    {
        var node = Read(s_delegates, s_proxy).Nodes[0];

        Assert.Equal((DecodeStatus.Decoded, "deposit", "etherToken"), (node.Status, node.Function?.Function.Name, node.Contract?.Name));
        Assert.Equal((s_proxy, Address.Parse(Weth), DelegateKind.MinimalProxy), (node.Target, node.Delegate?.Code, node.Delegate?.Kind));
    }

    [Fact]
    public void Its_effects_are_those_of_the_account_that_is_called()
    {
        var effect = Read(s_delegates, s_proxy).Effects[0];

        Assert.Equal((s_proxy, AmountMeaning.Exact, "5"), (effect.TokenOut!.Value, effect.AmountOut.Meaning, effect.AmountOut.Value.ToString()));
    }

    [Fact]
    public void Without_state_only_the_selector_is_known()
    {
        var node = Read(null, s_proxy).Nodes[0];

        Assert.Equal(DecodeStatus.BySelector, node.Status);
        Assert.True(node is { Contract: null, Delegate: null });
        Assert.Equal(Lines(null), Lines(DelegatedCodes.None));
    }

    [Fact]
    public void A_contract_of_the_registry_is_read_as_the_registry_says()
    {
        var delegates = new DelegatedCodes([new DelegatedCode(Address.Parse(Weth), s_proxy, DelegateKind.ImplementationSlot)]);

        var node = Read(delegates, Address.Parse(Weth)).Nodes[0];

        Assert.Equal((DecodeStatus.Decoded, null), (node.Status, node.Delegate));
    }

    [Fact]
    public void Code_that_the_registry_does_not_know_is_named_and_the_selector_decides()
    {
        var other = Address.Parse("0x00000000000000000000000000000000000000cc");

        var node = Read(new DelegatedCodes([new DelegatedCode(s_proxy, other, DelegateKind.Delegation)]), s_proxy).Nodes[0];

        Assert.Equal((DecodeStatus.BySelector, other, null), (node.Status, node.Delegate?.Code, node.Contract));
    }

    [Fact]
    public void Grades_count_a_call_through_a_proxy_as_known_by_the_selector_as_the_fold_does()
    {
        var through = GradedFunction.Of(Read(s_delegates, s_proxy).Nodes[0])!.Value;

        Assert.Equal((default, "deposit()"), (through.Contract, through.Signature));
        Assert.Equal(Address.Parse(Weth), GradedFunction.Of(Read(s_delegates, Address.Parse(Weth)).Nodes[0])!.Value.Contract);
    }

    private static List<string> Lines(DelegatedCodes? delegates) => Decoded.Lines(Read(delegates, s_proxy));

    private static DecodeTree Read(DelegatedCodes? delegates, Address target)
    {
        var tree = new DecodeTree();
        new CallDecoder(Registry.ShippedRegistry.Value).Decode(
            new CallRequest
            {
                Chain = new ChainId(1),
                Block = new BlockNumber(ulong.MaxValue),
                Sender = Decoded.Sender,
                Target = target,
                Value = 5,
                Data = s_deposit,
                Delegates = delegates,
            },
            tree);
        return tree;
    }
}
