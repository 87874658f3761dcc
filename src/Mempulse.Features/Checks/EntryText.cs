using System.Diagnostics;
using System.Globalization;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Registry;

namespace Mempulse.Features.Checks;

/// <summary>What a registry says, as text that is equal if and only if the entries are.</summary>
internal static class EntryText
{
    /// <summary>A function: what a call of it means, without its layout and protocol.</summary>
    public static string Of(FunctionEntry function) => string.Create(
        NumberFormatInfo.InvariantInfo,
        $"0x{function.Selector:x8} {function.Function.Name}{Type(function.Function.Arguments)} {function.Category} {function.Offsets} {function.Recipients} until {function.Deadline} [{string.Join("; ", function.Effects.Select(Effect))}] {Inner(function)}");

    /// <summary>The calls or commands in a function.</summary>
    public static string Inner(FunctionEntry function) => function.Inner switch
    {
        null => string.Empty,
        InnerRule.Calls calls => $"calls {calls.Elements} {calls.Data} {calls.Target} {calls.Value}",
        InnerRule.Commands commands => $"commands {commands.Table.Name} {commands.Bytes} {commands.Inputs}",
        InnerRule.Packed packed => $"packed {packed.Bytes} {packed.Form} {packed.Mode}",
        _ => throw new UnreachableException(),
    };

    /// <summary>A contract, without its address and first block.</summary>
    public static string Of(NamedContract contract) =>
        $"{contract.Entry.Name} ({contract.Entry.Protocol}, {contract.Entry.Kind}) [{string.Join(", ", contract.Abis)}] {string.Join(',', contract.Entry.Tokens)}";

    /// <summary>A type with the names of its members.</summary>
    private static string Type(AbiType type) => type.Kind switch
    {
        AbiKind.Tuple => $"({string.Join(", ", type.Members.Select(static member => $"{Type(member.Type)} {member.Name}"))})",
        AbiKind.Array when type.Width > 0 => string.Create(NumberFormatInfo.InvariantInfo, $"{Type(type.Element!)}[{type.Width}]"),
        AbiKind.Array => $"{Type(type.Element!)}[]",
        _ => type.ToString(),
    };

    private static string Effect(EffectRule rule) =>
        $"{rule.Kind} each {rule.Each} when {string.Join(" and ", rule.When.Select(static one => $"{one.Path} {(one.IsNot ? "not" : "is")} {one.Value}"))} in {Amount(rule.AmountIn)} {rule.TokenIn} out {Amount(rule.AmountOut)} {rule.TokenOut} with {rule.Counterparty} until {rule.Deadline}";

    private static string Amount(AmountRule? rule) => rule is null ? "-" : $"{rule.Bound} {rule.Path} ({rule.Sentinels}) plus {rule.Plus} of {rule.Filled}/{rule.Whole}";
}
