using System.Text.Json.Nodes;
using Mempulse.Cli.Descriptors;
using Mempulse.Ethereum.Abi;

namespace Mempulse.Cli.Tests.Descriptors;

/// <summary>What of a descriptor becomes a function of a registry.</summary>
public sealed class DescriptorTests
{
    private const string Arguments = "f((bytes path, address recipient, uint256 amount)[] items, bytes packed, address[] hops, uint256 word, (address token, uint256 amount) order)";

    [Theory]
    [InlineData("word", null, "word")]
    [InlineData("#.order.amount", null, "order.amount")]
    [InlineData("hops.[-1]", null, "hops[-1]")]
    [InlineData("hops[0]", null, "hops[0]")]
    [InlineData("items.[].amount", "items", "amount")]
    [InlineData("hops.[]", "hops", "item")]
    [InlineData("packed.[0:20]", null, "packed|at(0,20)")]
    [InlineData("packed.[:20]", null, "packed|at(0,20)")]
    [InlineData("packed.[-20:]", null, "packed|at(-20,20)")]
    [InlineData("packed.[-40:-20]", null, "packed|at(-40,20)")]
    [InlineData("word.[-20:]", null, "word|bits(0,160)")]
    [InlineData("word.[0:2]", null, "word|bits(240,16)")]
    [InlineData("@.from", null, "@sender")]
    [InlineData("@.to", null, "@target")]
    [InlineData("@.value", null, "@value")]
    public void A_path_is_that_of_the_registry(string path, string? each, string text) =>
        Assert.Equal(new DescriptorPath(each, text), DescriptorPath.Parse(path, AbiFunction.Parse(Arguments).Arguments));

    [Theory]
    [InlineData("items.[].path.[0:20]")] // bytes of each element
    [InlineData("items.[].x.[]")]
    [InlineData("packed.[0:33]")]
    [InlineData("packed.[5:-1]")] // its length depends on the value
    [InlineData("packed.[0:20].x")]
    [InlineData("word.[20:10]")]
    [InlineData("word.[1:2:3]")]
    [InlineData("word.[1:999999999999]")]
    [InlineData("hops.[0")]
    [InlineData("word..x")]
    [InlineData("@.nonce")]
    [InlineData("$.metadata.x")]
    public void A_path_that_the_registry_does_not_have_is_refused(string path) =>
        Assert.Throws<FormatException>(() => DescriptorPath.Parse(path, AbiFunction.Parse(Arguments).Arguments));

    [Theory]
    [InlineData("Send", "Amount", """{"kind":"transfer","tokenIn":"t","amountIn":{"exact":"a"},"counterparty":"r"}""")]
    [InlineData("Send", "Max amount", """{"kind":"transfer","tokenIn":"t","amountIn":{"maximum":"a"},"counterparty":"r"}""")]
    [InlineData("Approve", "Amount", """{"kind":"approval","tokenIn":"t","amountIn":{"exact":"a"},"counterparty":"r"}""")]
    [InlineData("Withdraw", "Amount", """{"kind":"withdraw","tokenOut":"t","amountOut":{"exact":"a"},"counterparty":"r"}""")]
    [InlineData("Repay loan", "Amount", """{"kind":"repay","tokenIn":"t","amountIn":{"exact":"a"},"counterparty":"r"}""")]
    [InlineData("Stake", "Amount", """{"kind":"stated","tokenIn":"t","amountIn":{"stated":"a"},"counterparty":"r"}""")]
    [InlineData("Swap", "Amount", """{"kind":"stated","tokenIn":"t","amountIn":{"stated":"a"},"counterparty":"r"}""")] // of one amount
    public void The_intent_names_the_effect_of_one_amount(string intent, string label, string effect) =>
        Assert.Equal([effect], Effects(intent, $$"""{"format": "tokenAmount", "path": "a", "label": "{{label}}", "params": {"tokenPath": "t"} }, {"format": "addressName", "path": "r", "label": "To"}"""));

    [Theory]
    [InlineData("Amount to Send", "Minimum to Receive", "exact", "minimum")]
    [InlineData("Maximum to Send", "Amount to Receive", "maximum", "exact")]
    public void A_swap_is_an_amount_and_a_bound_of_the_other_one_in_any_order(string given, string received, string boundIn, string boundOut)
    {
        string one = $$"""{"format": "tokenAmount", "path": "a", "label": "{{given}}", "params": {"tokenPath": "t"} }""";
        string other = $$"""{"format": "tokenAmount", "path": "b", "label": "{{received}}", "params": {"token": "$.metadata.constants.usdc"} }""";
        string swap = """{"kind":"swap","tokenIn":"t","tokenOut":"0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48","amountIn":{"IN":"a"},"amountOut":{"OUT":"b"}}""".Replace("IN", boundIn, StringComparison.Ordinal).Replace("OUT", boundOut, StringComparison.Ordinal);

        Assert.Equal([swap], Effects("Swap", $"{one}, {other}"));
        Assert.Equal([swap], Effects("Swap", $"{other}, {one}"));
    }

    [Fact]
    public void Amounts_of_which_no_label_names_a_bound_are_stated_and_no_swap() =>
        Assert.Equal(
            ["""{"kind":"stated","tokenIn":"t","amountIn":{"stated":"a"}}""", """{"kind":"stated","amountIn":{"stated":"b"}}"""],
            Effects("Swap", """{"format": "tokenAmount", "path": "a", "label": "Send", "params": {"tokenPath": "t"}}, {"format": "tokenAmount", "path": "b", "label": "Receive"}"""));

    [Theory]
    [InlineData("\"0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\"", """{"exact":"a","sentinels":["maxUInt256"]}""")]
    [InlineData("\"$.metadata.constants.half\"", """{"exact":"a","sentinels":["maxUInt256","highBit"]}""")]
    [InlineData("\"1000\"", """{"exact":"a","sentinels":["maxUInt256","highBit"]}""")]
    public void A_number_above_the_threshold_is_no_amount(string threshold, string amount) =>
        Assert.Contains(amount, Effects("Send", $$"""{"format": "tokenAmount", "path": "a", "label": "Amount", "params": {"threshold": {{threshold}}} }""").Single(), StringComparison.Ordinal);

    [Fact]
    public void A_group_is_the_start_of_the_paths_in_it_and_a_definition_gives_what_a_field_leaves_out()
    {
        var effects = Effects("Stake", """{"path": "order", "fields": [{"$ref": "$.display.definitions.amount", "path": "amount", "params": {"tokenPath": "token"}}]}, {"$ref": "$.display.definitions.amount", "path": "items.[].amount", "params": {"tokenPath": "t"}}""");

        Assert.Equal(
            ["""{"kind":"stated","tokenIn":"order.token","amountIn":{"stated":"order.amount"}}""", """{"kind":"stated","tokenIn":"^t","amountIn":{"stated":"amount"},"each":"items"}"""],
            effects);
    }

    [Fact]
    public void A_call_in_a_call_is_one_of_the_registry()
    {
        var function = Function("Batch", """{"format": "calldata", "path": "datas.[]", "params": {"calleePath": "@.to"}}""");

        Assert.Equal("""{"data":"item","target":"@target","each":"datas"}""", function["calls"]!.ToJsonString());
    }

    private static IEnumerable<string> Effects(string intent, string fields) => ((JsonArray)Function(intent, fields)["effects"]!).Select(static effect => effect!.ToJsonString());

    private static JsonObject Function(string intent, string fields)
    {
        var descriptor = (JsonObject)JsonNode.Parse("""
            {"metadata": {"constants": {"usdc": "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "half": "0x8000000000000000000000000000000000000000000000000000000000000000"}},
             "display": {"definitions": {"amount": {"format": "tokenAmount", "label": "Amount"}}}}
            """)!;
        var function = DescriptorFunction.Read(
            "f(uint256 a, uint256 b, address t, address r, (address token, uint256 amount) order, (uint256 amount, bool x)[] items, bytes[] datas)",
            (JsonObject)JsonNode.Parse($$"""{"intent": "{{intent}}", "fields": [{{fields}}]}""")!,
            descriptor);
        RegistryMerge.Compile(function); // a registry can have it
        return function;
    }
}
