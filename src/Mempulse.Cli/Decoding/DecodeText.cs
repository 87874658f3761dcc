using Mempulse.Features.Decoding;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Cli.Decoding;

/// <summary>A decode tree as text: a line for each call, indented by depth, and a line for each trade and each effect.</summary>
internal static class DecodeText
{
    public static void Write(TextWriter output, DecodeTree tree, IReadOnlyList<Trade> trades)
    {
        foreach (var node in tree.Nodes)
        {
            output.WriteLine($"{new string(' ', 2 * node.Depth)}{NameOf(node)}");
        }

        foreach (var trade in trades)
        {
            output.WriteLine($"{"TRADE",-12} {Side(trade.AmountIn, trade.TokenIn)} -> {Side(trade.AmountOut, trade.TokenOut)}{(trade.Recipient is { } recipient ? $"  {recipient}" : string.Empty)}");
        }

        foreach (var effect in tree.Effects)
        {
            output.WriteLine($"{effect.Kind.ToString().ToLowerInvariant(),-12} {Side(effect.AmountIn, effect.TokenIn)} -> {Side(effect.AmountOut, effect.TokenOut)}{(effect.Counterparty is { } other ? $"  {other}" : string.Empty)}");
        }

        if (tree.IsCut)
        {
            output.WriteLine($"more than {DecodeBounds.MaxNodes} calls: the rest is left out");
        }
    }

    private static string NameOf(in CallNode node)
    {
        string what = node.Function?.Function.Name ?? node.Kind.ToString().ToLowerInvariant();
        string whose = node.Kind == NodeKind.Command ? $"command 0x{node.Command:x2}" : $"{node.Contract?.Name ?? "unknown contract"} {node.Target}";
        string reason = node.Failure == DecodeFailure.None ? string.Empty : $": {node.Failure}";
        return $"{what}  {whose}  [{node.Status}{reason}]{(node.Function is { } function ? $" {function.Layout}" : string.Empty)}";
    }

    private static string Side(in Amount amount, Address? token)
    {
        string much = amount.Meaning switch
        {
            AmountMeaning.NotStated => "?",
            AmountMeaning.Exact => amount.Value.ToString(),
            AmountMeaning.Minimum => $">= {amount.Value}",
            AmountMeaning.Maximum => $"<= {amount.Value}",
            AmountMeaning.Stated => $"~ {amount.Value}",
            AmountMeaning.Unresolved => $"({amount.Sentinel})",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return $"{much} {token?.ToString() ?? "?"}";
    }
}
