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
                Offsets = json.Optional("offsets") is { } offsets ? Name<AbiOffsets>(offsets.GetString(), "reading of offsets") : AbiOffsets.Forward,
                Recipients = recipients,
                Effects = [.. json.Items("effects").Select(effect => Effect(effect, function.Arguments))],
                Deadline = Path(json, "deadline", function.Arguments),
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
            return new FunctionEntry(AbiFunction.Parse(json.Text("signature")), "selector", json.Text("protocol"), Name<CallCategory>(json.Text("category"), "category"));
        }
        catch (FormatException e)
        {
            throw new RegistryException($"A selector cannot be used: {e.Message}", e);
        }
    }

    private static EffectRule Effect(JsonElement json, AbiType arguments) => new(Name<EffectKind>(json.Text("kind"), "effect"))
    {
        TokenIn = Path(json, "tokenIn", arguments),
        TokenOut = Path(json, "tokenOut", arguments),
        AmountIn = Amount(json, "amountIn", arguments),
        AmountOut = Amount(json, "amountOut", arguments),
        Counterparty = Path(json, "counterparty", arguments),
        When = json.Optional("when") is { } condition ? Condition(condition, arguments) : null,
        Deadline = Path(json, "deadline", arguments),
    };

    private static EffectCondition Condition(JsonElement json, AbiType arguments) =>
        UInt256.TryParse(json.Text("equals"), out var value)
            ? new EffectCondition(ArgumentPath.Parse(json.Text("path"), arguments), value)
            : throw new RegistryException($"'{json.Text("equals")}' is not a valid number to compare with: expected decimal digits.");

    private static AmountRule? Amount(JsonElement json, string name, AbiType arguments)
    {
        if (json.Optional(name) is not { } rule)
        {
            return null;
        }

        if (rule.ValueKind == JsonValueKind.String)
        {
            return new AmountRule(ArgumentPath.Parse(rule.GetString()!, arguments), AmountBound.Exact, AmountSentinels.None);
        }

        var sentinels = rule.Items("sentinels").Aggregate(AmountSentinels.None, static (all, one) => all | Name<AmountSentinels>(one.GetString(), "sentinel"));
        foreach (var bound in Enum.GetValues<AmountBound>())
        {
            if (Path(rule, JsonNamingPolicy.CamelCase.ConvertName(bound.ToString()), arguments) is { } path)
            {
                return new AmountRule(path, bound, sentinels);
            }
        }

        throw new RegistryException($"'{name}' states no amount: expected a path, or an object with exact, minimum or maximum.");
    }

    private static InnerRule? Inner(JsonElement json, AbiType arguments, SortedDictionary<string, CommandTable> tables)
    {
        if (json.Optional("calls") is { } calls)
        {
            var elements = Path(calls, "each", arguments);
            var scope = elements is null ? arguments : ElementScope(elements);
            return new InnerRule.Calls(
                elements,
                ArgumentPath.Parse(calls.Text("data"), scope),
                ArgumentPath.Parse(calls.Text("target"), scope),
                Path(calls, "value", scope));
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

    private static ArgumentPath? Path(JsonElement json, string name, AbiType arguments) =>
        json.Optional(name) is { } path ? ArgumentPath.Parse(path.GetString() ?? string.Empty, arguments) : null;

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
