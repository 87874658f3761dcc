using System.Text;
using Mempulse.Features.Registry;
using Mempulse.Features.Tests.Decoding;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Registry;

/// <summary>What each form of a path leads to, in calls whose arguments are written by hand.</summary>
public sealed class ArgumentPathTests
{
    private const string Known = "0x00000000000000000000000000000000000000aa";

    [Theory]
    [InlineData("a", "7")]
    [InlineData("list[0]", "11")]
    [InlineData("list[-1]", "0")]
    [InlineData("list[last]", "13")] // the last element is zero
    [InlineData("list[index]", "12")]
    [InlineData("a|bits(0,2)", "3")]
    [InlineData("a|bits(1,2)", "3")]
    [InlineData("a|bits(2,3)", "1")]
    [InlineData("debt|negated", "5")]
    [InlineData("a|negated", "0")] // it is not negative
    [InlineData("packed|at(0,2)", "258")]
    [InlineData("packed|at(1,1)", "2")]
    [InlineData("packed|at(-1,1)", "4")]
    [InlineData("packed|at(2,2)|bits(8,8)", "3")]
    [InlineData("@value", "99")]
    [InlineData("@sender|bits(0,8)", "238")] // 0xee
    [InlineData("@target|bits(0,8)", "170")]
    public void A_path_leads_to_its_number(string path, string number) => Assert.Equal(number, Amount(path));

    [Theory]
    [InlineData("list[5]")]
    [InlineData("list[a]")] // 7 is beyond the end
    [InlineData("packed|at(3,2)")]
    [InlineData("packed|at(-5,2)")]
    [InlineData("@target|token(2)")] // it has two tokens
    [InlineData("a|token(0)")] // not a pool
    public void A_path_that_leads_beyond_the_arguments_states_nothing(string path) => Assert.Null(Amount(path));

    [Theory]
    [InlineData("@target|token(0)", "0x00000000000000000000000000000000000000b0")]
    [InlineData("@target|token(index)", "0x00000000000000000000000000000000000000b1")]
    [InlineData("pool|token(a|bits(1,1))", "0x00000000000000000000000000000000000000c1")]
    public void A_token_is_the_pools_at_its_place(string path, string token) => Assert.Equal(token, Swap(path, "a").TokenIn?.ToString());

    [Fact]
    public void Each_element_is_an_effect_that_may_name_what_is_outside_of_it()
    {
        var tree = Decoded.Call(
            Known,
            [.. Convert.FromHexString("12345678"), .. AbiWords.Of(64, 160, 2, 0xb0, 0xb1, 2, 1, 10, 0, 20)],
            Read("""{"signature": "f(address[] tokens, (uint256 at, uint256 amount)[] orders)", "selector": "0x12345678", "category": "swap", "effects": [{"kind": "order", "each": "orders", "tokenIn": "^tokens[at]", "amountIn": "amount"}]}"""));

        Assert.Equal(["Order Exact:10 0x0000 -> ? - -", "Order Exact:20 0x0000 -> ? - -"], Decoded.Effects(tree));
        Assert.Equal(["0x00000000000000000000000000000000000000b1", "0x00000000000000000000000000000000000000b0"], tree.Effects.ToArray().Select(static effect => effect.TokenIn.ToString()));
    }

    [Theory]
    [InlineData("7", true, false, true)]
    [InlineData("0x7", true, false, true)]
    [InlineData("8", false, true, true)]
    [InlineData("8", false, false, false)] // the argument is absent: not equal to anything
    public void An_effect_takes_place_if_its_conditions_hold(string number, bool equals, bool isNot, bool isPresent)
    {
        string path = isPresent ? "a" : "list[9]";
        foreach (bool negated in new[] { false, true })
        {
            string condition = $$"""{"path": "{{path}}", "{{(negated ? "not" : "equals")}}": "{{number}}"}""";
            int count = Decoded.Call(Known, Call(), Read(Function($$"""{"kind": "swap", "when": [{"path": "@value", "equals": "99"}, {{condition}}]}""")), 99).Effects.Length;

            Assert.Equal(negated ? isNot || !isPresent : equals, count == 1);
        }
    }

    [Fact]
    public void An_amount_is_the_sum_of_two_or_the_part_that_is_filled()
    {
        Assert.Equal((UInt256)8, Swap("a", """{"exact": "a", "plus": "index"}""").AmountIn.Value);
        Assert.Equal((UInt256)(7 * 11 / 12), Swap("a", """{"minimum": "a", "filled": "list[0]", "whole": "list[1]"}""").AmountIn.Value);
        Assert.Equal(Features.Decoding.AmountMeaning.NotStated, Swap("a", """{"minimum": "a", "filled": "list[0]", "whole": "list[-1]"}""").AmountIn.Meaning); // of nothing
        Assert.Equal(Features.Decoding.AmountMeaning.NotStated, Swap("a", """{"exact": "debt", "plus": "a"}""").AmountIn.Meaning); // beyond 256 bits
    }

    [Theory]
    [InlineData(255, Features.Decoding.AmountMeaning.Exact)]
    [InlineData(256, Features.Decoding.AmountMeaning.NotStated)]
    public void A_number_beyond_its_type_is_not_an_amount(int number, Features.Decoding.AmountMeaning meaning)
    {
        var registry = Read("""{"signature": "f(uint8 a)", "selector": "0x12345678", "category": "swap", "effects": [{"kind": "swap", "amountIn": "a"}]}""");

        Assert.Equal(meaning, Assert.Single(Decoded.Call(Known, [.. Convert.FromHexString("12345678"), .. AbiWords.Of(number)], registry).Effects.ToArray()).AmountIn.Meaning);
    }

    [Theory]
    [InlineData("a|at(0,1)", "bytes are taken of bytes alone")]
    [InlineData("packed|bits(0,8)", "a part of bytes is taken by at(START,LENGTH)")]
    [InlineData("x", "'x' is not a member")]
    [InlineData("a[0]", "'[0]' is not an element")]
    [InlineData("list[0", "a bracket is not closed")]
    [InlineData("list[x]", "'x' is not a member")]
    [InlineData("", "it names no argument")]
    [InlineData("a|bits(0,257)", "'bits(0,257)' is not a part")]
    [InlineData("a|bits(1,256)", "is not a part")]
    [InlineData("packed|at(0,33)", "is not a part")]
    [InlineData("packed|at(0)", "is not a part")]
    [InlineData("a|what", "'what' is not a part")]
    public void A_path_that_cannot_be_compiled_is_refused(string path, string message) =>
        Assert.Contains(message, Assert.Throws<RegistryException>(() => Read(Function($$"""{"kind": "swap", "amountIn": "{{path}}"}"""))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"kind": "swap", "when": {"path": "a", "equals": "0x"}}""", "'0x' is not a valid number to compare with")]
    [InlineData("""{"kind": "swap", "amountIn": {"exact": "a", "filled": "a"}}""", "expected both")]
    public void An_effect_that_cannot_be_read_is_refused(string effect, string message) =>
        Assert.Contains(message, Assert.Throws<RegistryException>(() => Read(Function(effect))).Message, StringComparison.Ordinal);

    private static string? Amount(string path) => Swap("a", $"\"{path}\"").AmountIn is { Meaning: not Features.Decoding.AmountMeaning.NotStated } amount ? amount.Value.ToString() : null;

    private static Features.Decoding.Effect Swap(string token, string amount)
    {
        string amountIn = amount.StartsWith('{') || amount.StartsWith('"') ? amount : $"\"{amount}\"";
        var tree = Decoded.Call(Known, Call(), Read(Function($$"""{"kind": "swap", "amountIn": {{amountIn}}, "tokenIn": "{{token}}"}""")), value: 99);
        return Assert.Single(tree.Effects.ToArray());
    }

    private static string Function(string effect) => $$"""{"signature": "f(uint256 a, uint256 index, uint256[] list, int256 debt, bytes packed, address pool)", "selector": "0x12345678", "category": "swap", "effects": [{{effect}}] }""";

    private static byte[] Call()
    {
        byte[] call = [.. Convert.FromHexString("12345678"), .. AbiWords.Of(7, 1, 192, -5, 352, 0xbb, 4, 11, 12, 13, 0, 4), 1, 2, 3, 4, .. new byte[28]];
        call.AsSpan(4 + (3 * 32), 28).Fill(0xff); // the sign of -5
        return call;
    }

    private static ContractRegistry Read(string function) => RegistryReader.Read(Encoding.UTF8.GetBytes(
        $$"""
        {"format": 1,
         "abis": {"x": {"protocol": "p", "functions": [{{function}}] } },
         "contracts": [{"address": "{{Known}}", "name": "A", "protocol": "p", "kind": "dex", "abis": ["x"], "tokens": ["0x00000000000000000000000000000000000000b0", "0x00000000000000000000000000000000000000b1"]}],
         "pools": [{"name": "Pool", "protocol": "p", "tokens": {"0x00000000000000000000000000000000000000bb": ["0x00000000000000000000000000000000000000c0", "0x00000000000000000000000000000000000000c1"] } }] }
        """));
}
