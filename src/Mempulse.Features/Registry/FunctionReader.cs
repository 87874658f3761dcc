using System.Text.Json;
using Mempulse.Ethereum.Abi;
using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>Reads the functions of a registry, and compiles what is said about their arguments.</summary>
internal static class FunctionReader
{
    /// <summary>A function of an ABI or a command of a table.</summary>
    public static FunctionEntry Read(JsonElement json, string layout, string protocol, RecipientWords recipients, SortedDictionary<string, CommandTable> tables)
    {
        string signature = json.Text("signature");
        try
        {
            var function = AbiFunction.Parse(signature);
            return new FunctionEntry(function, layout, protocol, Name<CallCategory>(json.Text("category"), "category"))
            {
                Selector = json.Optional("selector") is { } selector ? StatedSelector(selector.GetString() ?? string.Empty) : function.Selector,
                Offsets = json.Optional("offsets") is { } offsets ? Name<AbiOffsets>(offsets.GetString(), "reading of offsets") : AbiOffsets.Forward,
                Recipients = recipients,
                Effects = [.. json.Items("effects").Select(effect => Effect(effect, function.Arguments))],
                Deadline = Path(json, "deadline", function.Arguments, function.Arguments),
                Inner = Inner(json, function.Arguments, tables),
            };
        }
        catch (FormatException e)
        {
            throw new RegistryException($"'{signature}' of '{layout}' cannot be used: {e.Message}", e);
        }
    }

    /// <summary>A function of which only the selector is known.</summary>
    public static FunctionEntry ReadSelector(JsonElement json)
    {
        try
        {
            return new FunctionEntry(AbiFunction.Parse(json.Text("signature")), FunctionEntry.SelectorLayout, json.Text("protocol"), Name<CallCategory>(json.Text("category"), "category"));
        }
        catch (FormatException e)
        {
            throw new RegistryException($"A selector cannot be used: {e.Message}", e);
        }
    }

    /// <summary>The calls in the array that ERC-7579 encodes.</summary>
    public static InnerRule.Calls Executions(AbiType arguments)
    {
        var each = ArgumentPath.Parse("executions", arguments);
        var scope = ElementScope(each);
        return new InnerRule.Calls(each, ArgumentPath.Parse("callData", scope), ArgumentPath.Parse("target", scope), ArgumentPath.Parse("value", scope));
    }

    private static uint StatedSelector(string text) =>
        text.Length == 10 && TryNumber(text, out var value) ? (uint)value.LowUInt64 : throw new RegistryException($"'{text}' is not a valid selector: expected 0x and 8 hex digits.");

    private static EffectRule Effect(JsonElement json, AbiType arguments)
    {
        var each = Path(json, "each", arguments, arguments);
        var scope = each is null ? arguments : ElementScope(each);
        return new EffectRule(Name<EffectKind>(json.Text("kind"), "effect"))
        {
            Each = each,
            When = [.. Conditions(json, scope, arguments)],
            TokenIn = Path(json, "tokenIn", scope, arguments),
            TokenOut = Path(json, "tokenOut", scope, arguments),
            AmountIn = Amount(json, "amountIn", scope, arguments),
            AmountOut = Amount(json, "amountOut", scope, arguments),
            Counterparty = Path(json, "counterparty", scope, arguments),
            Deadline = Path(json, "deadline", scope, arguments),
            Route = json.Optional("route") is { } route ? Route(route, scope, arguments) : null,
        };
    }

    private static RouteRule Route(JsonElement json, AbiType scope, AbiType arguments)
    {
        bool isReversed = json.Optional("reversed") is { ValueKind: JsonValueKind.True };
        string? protocol = json.Optional("protocol")?.GetString();
        foreach (var member in json.EnumerateObject())
        {
            RouteRule? rule = member.Name switch
            {
                "tokens" => new RouteRule.Tokens(One(member.Value)),
                "packed" => new RouteRule.Packed(One(member.Value), isReversed),
                "fee" => new RouteRule.Fee(One(member.Value)),
                "pools" => new RouteRule.Named(member.Value.ValueKind == JsonValueKind.Array ? [.. member.Value.EnumerateArray().Select(One)] : [One(member.Value)]),
                "key" => new RouteRule.Key(One(member.Value)),
                "keys" => new RouteRule.Keys(One(member.Value), isReversed),
                _ => null,
            };
            if (rule is not null)
            {
                return rule with { Protocol = protocol };
            }
        }

        throw new RegistryException("'route' names no pools: expected tokens, packed, fee, pools, key or keys.");

        ArgumentPath One(JsonElement path) => new PathParser(path.GetString() ?? string.Empty, scope, arguments).Parse();
    }

    private static IEnumerable<EffectCondition> Conditions(JsonElement json, AbiType scope, AbiType arguments)
    {
        if (json.Optional("when") is not { } when)
        {
            return [];
        }

        return when.ValueKind == JsonValueKind.Array ? when.EnumerateArray().Select(one => Condition(one, scope, arguments)) : [Condition(when, scope, arguments)];
    }

    private static EffectCondition Condition(JsonElement json, AbiType scope, AbiType arguments)
    {
        bool isNot = json.Optional("not") is not null;
        string number = json.Text(isNot ? "not" : "equals");
        return TryNumber(number, out var value)
            ? new EffectCondition(new PathParser(json.Text("path"), scope, arguments).Parse(), value, isNot)
            : throw new RegistryException($"'{number}' is not a valid number to compare with: expected decimal digits, or 0x and hex digits.");
    }

    private static bool TryNumber(string text, out UInt256 value)
    {
        value = default;
        if (!text.StartsWith("0x", StringComparison.Ordinal))
        {
            return UInt256.TryParse(text, out value);
        }

        string digits = text[2..];
        bool isHex = digits.Length is > 0 and <= 64 && digits.All(char.IsAsciiHexDigit);
        value = isHex ? UInt256.FromBigEndian(Convert.FromHexString(digits.PadLeft((digits.Length + 1) / 2 * 2, '0'))) : default;
        return isHex;
    }

    private static AmountRule? Amount(JsonElement json, string name, AbiType scope, AbiType arguments)
    {
        if (json.Optional(name) is not { } rule)
        {
            return null;
        }

        if (rule.ValueKind == JsonValueKind.String)
        {
            return new AmountRule(new PathParser(rule.GetString()!, scope, arguments).Parse(), AmountBound.Exact, AmountSentinels.None);
        }

        var sentinels = rule.Items("sentinels").Aggregate(AmountSentinels.None, static (all, one) => all | Name<AmountSentinels>(one.GetString(), "sentinel"));
        foreach (var bound in Enum.GetValues<AmountBound>())
        {
            if (Path(rule, JsonNamingPolicy.CamelCase.ConvertName(bound.ToString()), scope, arguments) is { } path)
            {
                var (filled, whole) = (Path(rule, "filled", scope, arguments), Path(rule, "whole", scope, arguments));
                return filled is null != whole is null
                    ? throw new RegistryException($"'{name}' states what is filled without the whole, or the whole alone: expected both.")
                    : new AmountRule(path, bound, sentinels) { Plus = Path(rule, "plus", scope, arguments), Filled = filled, Whole = whole };
            }
        }

        throw new RegistryException($"'{name}' states no amount: expected a path, or an object with exact, minimum or maximum.");
    }

    private static InnerRule? Inner(JsonElement json, AbiType arguments, SortedDictionary<string, CommandTable> tables)
    {
        if (json.Optional("calls") is { } calls)
        {
            var elements = Path(calls, "each", arguments, arguments);
            var scope = elements is null ? arguments : ElementScope(elements);
            return new InnerRule.Calls(
                elements,
                ArgumentPath.Parse(calls.Text("data"), scope),
                ArgumentPath.Parse(calls.Text("target"), scope),
                Path(calls, "value", scope, scope));
        }

        if (json.Optional("packed") is { } packed)
        {
            return new InnerRule.Packed(ArgumentPath.Parse(packed.Text("bytes"), arguments), Name<PackedForm>(packed.Text("as"), "form of packed calls"), Path(packed, "mode", arguments, arguments));
        }

        if (json.Optional("commands") is { } commands)
        {
            string name = commands.Text("table");
            return tables.TryGetValue(name, out var table)
                ? new InnerRule.Commands(table, ArgumentPath.Parse(commands.Text("bytes"), arguments), ArgumentPath.Parse(commands.Text("inputs"), arguments))
                : throw new RegistryException($"The command table '{name}' is not in the registry.");
        }

        return null;
    }

    /// <summary>The paths of an element begin at its members, or at "item" if it is not a tuple.</summary>
    private static AbiType ElementScope(ArgumentPath elements) =>
        elements.Type is not { Kind: AbiKind.Array, Element: { } element } ? throw new FormatException($"'{elements}' is not an array.")
        : element.Kind == AbiKind.Tuple ? element
        : AbiType.TupleOf([new AbiParameter("item", element)]);

    private static ArgumentPath? Path(JsonElement json, string name, AbiType scope, AbiType arguments) =>
        json.Optional(name) is { } path ? new PathParser(path.GetString() ?? string.Empty, scope, arguments).Parse() : null;

    private static T Name<T>(string? text, string what)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == text)
            {
                return value;
            }
        }

        throw new RegistryException($"'{text}' is not a valid {what}: expected one of {string.Join(", ", Enum.GetValues<T>().Select(static value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString())))}.");
    }
}
