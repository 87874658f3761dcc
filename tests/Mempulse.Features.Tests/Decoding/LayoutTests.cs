using System.Text;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>Which layout reads a call, with two routers that share a selector and differ in their commands.</summary>
public sealed class LayoutTests
{
    private const string Old = "0x00000000000000000000000000000000000000aa";
    private const string New = "0x00000000000000000000000000000000000000bb";
    private const string Unknown = "0x00000000000000000000000000000000000000cc";

    private static readonly int[] s_swap = [7, 1, 9];

    private static readonly ContractRegistry s_registry = RegistryReader.Read(Encoding.UTF8.GetBytes(
        """
        {"format": 1,
         "abis": {
          "old": {"protocol": "p", "bySelector": true, "functions": [{"signature": "execute(bytes commands, bytes[] inputs)", "category": "swap", "commands": {"table": "old", "bytes": "commands", "inputs": "inputs"}}]},
          "new": {"protocol": "p", "bySelector": true, "functions": [{"signature": "execute(bytes commands, bytes[] inputs)", "category": "swap", "commands": {"table": "new", "bytes": "commands", "inputs": "inputs"}}]}},
         "commandTables": {
          "old": {"protocol": "p", "mask": "0x3f", "commands": {"00": {"signature": "SWAP(uint256 amount, bool flag)", "category": "swap"}, "01": {"signature": "PAY(uint256 amount)", "category": "transfer"}}},
          "new": {"protocol": "p", "mask": "0x7f", "commands": {"00": {"signature": "SWAP(uint256 amount, bool flag, uint256 price)", "category": "swap"}, "01": {"signature": "PAY(uint256 amount)", "category": "transfer"}, "02": {"signature": "SWAP2(uint256 amount, uint256 flag)", "category": "swap"}, "40": {"signature": "BRIDGE()", "category": "bridge"}}}},
         "contracts": [
          {"address": "0x00000000000000000000000000000000000000aa", "name": "Old", "protocol": "p", "kind": "dex", "abis": ["old"]},
          {"address": "0x00000000000000000000000000000000000000bb", "name": "New", "protocol": "p", "kind": "dex", "abis": ["new"]}]}
        """));

    [Theory]
    [InlineData(Old, 2, "old", DecodeStatus.Decoded)]
    [InlineData(Unknown, 2, "old", DecodeStatus.BySelector)]
    [InlineData(New, 3, "new", DecodeStatus.Decoded)]
    [InlineData(Unknown, 3, "new", DecodeStatus.BySelector)]
    public void A_call_is_read_by_the_layout_of_its_contract_or_by_the_only_one_that_fits(string target, int words, string layout, DecodeStatus status)
    {
        var tree = Decoded.Call(target, Execute([0x00], AbiWords.Of(s_swap.AsSpan(0, words))), s_registry);

        Assert.Equal((status, layout), (tree.Nodes[0].Status, tree.Nodes[0].Function!.Layout));
        Assert.Equal((status, layout), (tree.Nodes[1].Status, tree.Nodes[1].Function!.Layout));
    }

    [Fact]
    public void A_command_that_two_layouts_read_alike_is_read() =>
        Assert.Equal(["execute: BySelector", " PAY: BySelector"], Decoded.Lines(Decoded.Call(Unknown, Execute([0x01], AbiWords.Of([7])), s_registry)));

    [Theory]
    [InlineData(new byte[] { 0x00 }, new[] { 7, 1, 9, 9 })] // a word too many for both
    [InlineData(new byte[] { 0x00 }, new[] { 7, 2 })] // a flag that is neither 0 nor 1
    [InlineData(new byte[] { 0x02 }, new[] { 7 })] // one has no such command, for the other its input is too short
    [InlineData(new byte[] { 0x03 }, new[] { 7 })] // neither layout has the command
    [InlineData(new byte[] { 0x01, 0x01 }, new[] { 7 })] // an input is missing
    public void A_call_that_no_layout_reads_is_ambiguous(byte[] commands, int[] words) =>
        Assert.Equal(["Call: AmbiguousLayout"], Decoded.Lines(Decoded.Call(Unknown, Execute(commands, AbiWords.Of(words)), s_registry)));

    [Fact]
    public void A_call_that_two_layouts_read_differently_is_ambiguous()
    {
        // To one 0x40 is a flag beside SWAP, to the other a command: an input of no words fits only the latter, one of two words only the former.
        Assert.Equal(["execute: BySelector", " BRIDGE: BySelector"], Decoded.Lines(Decoded.Call(Unknown, Execute([0x40], AbiWords.Of([])), s_registry)));
        Assert.Equal(["execute: BySelector", " SWAP: BySelector"], Decoded.Lines(Decoded.Call(Unknown, Execute([0x40], AbiWords.Of([7, 1])), s_registry)));

        var both = RegistryReader.Read(Encoding.UTF8.GetBytes(
            """{"format": 1, "selectors": [], "abis": {"a": {"protocol": "p", "bySelector": true, "functions": [{"signature": "f(uint256 x)", "category": "swap"}]}, "b": {"protocol": "p", "bySelector": true, "functions": [{"signature": "execute(bytes commands, bytes[] inputs)", "category": "swap", "commands": {"table": "b", "bytes": "commands", "inputs": "inputs"}}]}, "c": {"protocol": "p", "bySelector": true, "functions": [{"signature": "execute(bytes commands, bytes[] inputs)", "category": "swap", "commands": {"table": "c", "bytes": "commands", "inputs": "inputs"}}]}}, "commandTables": {"b": {"protocol": "p", "mask": "0xff", "commands": {"00": {"signature": "GIVE(uint256 a)", "category": "swap"}}}, "c": {"protocol": "p", "mask": "0xff", "commands": {"00": {"signature": "TAKE(uint256 a)", "category": "swap"}}}}}"""));
        Assert.Equal(["Call: AmbiguousLayout"], Decoded.Lines(Decoded.Call(Unknown, Execute([0x00], AbiWords.Of([7])), both)));
    }

    [Fact]
    public void A_flag_does_not_change_the_command() =>
        Assert.Equal(["execute: Decoded", " SWAP: Decoded", " PAY: Decoded"], Decoded.Lines(Decoded.Call(New, Execute([0x80, 0x81], AbiWords.Of([7, 1, 9]), AbiWords.Of([3])), s_registry)));

    private static byte[] Execute(byte[] commands, params byte[][] inputs)
    {
        var heads = new List<byte>();
        var tails = new List<byte>();
        foreach (byte[] input in inputs)
        {
            heads.AddRange(AbiWords.Of([(32 * inputs.Length) + tails.Count]));
            tails.AddRange([.. AbiWords.Of([input.Length]), .. input]);
        }

        return [.. Convert.FromHexString("24856bc3"), .. AbiWords.Of([64, 128, commands.Length]), .. commands, .. new byte[32 - commands.Length], .. AbiWords.Of([inputs.Length]), .. heads, .. tails];
    }
}
