using System.Text.Json.Nodes;
using Mempulse.Ethereum.Abi;

namespace Mempulse.Cli.Descriptors;

/// <summary>Translates what a descriptor says about a function into a function of a registry.</summary>
/// <remarks>
/// A descriptor says which arguments are amounts of which token, and which are accounts. What the amounts are for is only in texts for
/// people. So a kind of effect is taken from the intent where it names one and there is one amount, a swap where the labels name an amount
/// with a bound for the other one, and everything else is <c>stated</c>.
/// </remarks>
internal static class DescriptorFunction
{
    private static readonly (string Word, string Effect, string Category)[] s_intents =
    [
        ("send", "transfer", "transfer"), ("transfer", "transfer", "transfer"), ("approve", "approval", "approval"), ("authorize", "approval", "approval"),
        ("supply", "supply", "lending"), ("deposit", "supply", "lending"), ("withdraw", "withdraw", "lending"), ("borrow", "borrow", "lending"),
        ("repay", "repay", "lending"), ("swap", "swap", "swap"),
    ];

    /// <summary>Translates a function.</summary>
    /// <param name="signature">Its signature with the names of its parameters.</param>
    /// <param name="format">What the descriptor says about it.</param>
    /// <param name="descriptor">The descriptor.</param>
    /// <exception cref="FormatException">It cannot be expressed, or is not as the specification has it.</exception>
    public static JsonObject Read(string signature, JsonObject format, JsonObject descriptor)
    {
        var arguments = AbiFunction.Parse(signature).Arguments;
        var fields = DescriptorField.ReadAll(format, descriptor);
        string intent = FirstWord(format["intent"] is JsonValue value && value.TryGetValue(out string? text) ? text : string.Empty);
        var (_, kind, category) = s_intents.FirstOrDefault(one => one.Word == intent);
        var amounts = fields.Where(static field => field.Format is "tokenAmount" or "amount").Select(field => DescribedAmount.Read(field, arguments, descriptor)).ToList();
        string? account = Account(fields, arguments);
        var function = new JsonObject { ["signature"] = signature, ["category"] = category ?? "unknown" };
        var effects = kind == "swap" && Swap(amounts, account) is { } swap ? [swap]
            : kind is not (null or "swap") && amounts.Count == 1 ? [One(kind, amounts[0], account)]
            : Stated(amounts, account);
        if (effects.Count > 0)
        {
            function["effects"] = effects;
        }

        if (fields.FirstOrDefault(static field => field.Format == "calldata") is { } call)
        {
            function["calls"] = Calls(call, arguments, descriptor);
        }

        return function;
    }

    private static JsonArray Stated(List<DescribedAmount> amounts, string? account)
    {
        JsonArray effects = [.. amounts.Select(amount => Effect("stated", amount.Each, account, ("tokenIn", amount.Token), ("amountIn", amount.ToJson("stated"))))];
        if (amounts.Count == 0 && account is not null)
        {
            effects.Add(Effect("stated", null, account));
        }

        return effects;
    }

    private static JsonObject One(string kind, DescribedAmount amount, string? account)
    {
        bool isReceived = kind is "withdraw" or "borrow";
        return Effect(kind, amount.Each, account, (isReceived ? "tokenOut" : "tokenIn", amount.Token), (isReceived ? "amountOut" : "amountIn", amount.ToJson(amount.Bound ?? "exact")));
    }

    /// <summary>A swap of two amounts of which the labels say that one is a bound, and which one.</summary>
    private static JsonObject? Swap(List<DescribedAmount> amounts, string? account)
    {
        if (amounts.Count != 2 || amounts.Exists(static amount => amount.Each is not null))
        {
            return null;
        }

        var (one, other) = (amounts[0], amounts[1]);
        var (given, received) = one.Bound == "maximum" || other.Bound == "minimum" ? (one, other) : (other, one);
        string? bounds = (given.Bound, received.Bound) switch
        {
            (null, "minimum") => "exact minimum",
            ("maximum", null) => "maximum exact",
            _ => null,
        };
        return bounds?.Split(' ') is not [var boundIn, var boundOut]
            ? null
            : Effect("swap", null, account, ("tokenIn", given.Token), ("tokenOut", received.Token), ("amountIn", given.ToJson(boundIn)), ("amountOut", received.ToJson(boundOut)));
    }

    private static JsonObject Effect(string kind, string? each, string? account, params (string Name, JsonNode? Value)[] members)
    {
        var effect = new JsonObject { ["kind"] = kind };
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                effect[name] = value.DeepClone();
            }
        }

        if (account is not null)
        {
            effect["counterparty"] = each is not null && account[0] != '@' ? "^" + account : account;
        }

        if (each is not null)
        {
            effect["each"] = each;
        }

        return effect;
    }

    /// <summary>The one account that the fields name beside tokens and the sender; of a sender and a recipient, the recipient.</summary>
    private static string? Account(IReadOnlyList<DescriptorField> fields, AbiType arguments)
    {
        var accounts = fields.Where(static field => field.Format == "addressName" && !IsToken(field)).ToList();
        if (accounts.Count > 1)
        {
            accounts.RemoveAll(static field => FirstWord(field.Label) is not ("to" or "recipient" or "receiver" or "beneficiary"));
        }

        if (accounts.Count != 1)
        {
            return null;
        }

        var path = DescriptorPath.Parse(accounts[0].Path, arguments);
        return path.Each is null ? path.Text : null;
    }

    private static bool IsToken(DescriptorField field) => field.Parameters["types"] is JsonArray { Count: 1 } types && types[0] is JsonValue type && type.TryGetValue(out string? name) && name is "token" or "collection";

    private static JsonObject Calls(DescriptorField field, AbiType arguments, JsonObject descriptor)
    {
        var data = DescriptorPath.Parse(field.Path, arguments);
        string callee = field.Text("calleePath", descriptor) ?? field.Text("callee", descriptor) ?? throw new FormatException("a call has no callee");
        var calls = new JsonObject { ["data"] = data.Text, ["target"] = callee.StartsWith("0x", StringComparison.Ordinal) ? callee.ToLowerInvariant() : Inside(field, callee, arguments).From(data.Each) };
        if (data.Each is not null)
        {
            calls["each"] = data.Each;
        }

        if (field.Text("amountPath", descriptor) is { } amount)
        {
            calls["value"] = Inside(field, amount, arguments).From(data.Each);
        }

        return calls;
    }

    /// <summary>A path in the parameters of a field, which begins at the group of the field or at the arguments.</summary>
    public static DescriptorPath Inside(DescriptorField field, string path, AbiType arguments)
    {
        if (field.Group.Length > 0 && path[0] is not ('@' or '#' or '$'))
        {
            try
            {
                var inside = DescriptorPath.Parse($"{field.Group}.{path}", arguments);
                Features.Registry.ArgumentPath.Parse(inside.Text, arguments);
                return inside;
            }
            catch (FormatException)
            {
                return DescriptorPath.Parse(path, arguments);
            }
        }

        return DescriptorPath.Parse(path, arguments);
    }

    private static string FirstWord(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, ..] ? first.ToLowerInvariant() : string.Empty;
}
