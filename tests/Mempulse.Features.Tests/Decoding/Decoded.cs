using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Features.Tests.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>Calls of one account, decoded by a registry.</summary>
internal static class Decoded
{
    public static Address Sender { get; } = Address.Parse("0x00000000000000000000000000000000000000ee");

    public static DecodeTree Call(string target, ReadOnlySpan<byte> data, ContractRegistry? registry = null, UInt256 value = default, ulong chain = 1)
    {
        var tree = new DecodeTree();
        new CallDecoder(registry ?? ShippedRegistry.Value).Decode(
            new CallRequest
            {
                Chain = new ChainId(chain),
                Block = new BlockNumber(ulong.MaxValue),
                Sender = Sender,
                Target = Address.Parse(target),
                Value = value,
                Data = data,
            },
            tree);
        return tree;
    }

    /// <summary>The nodes as text: indented names with their status.</summary>
    public static List<string> Lines(DecodeTree tree)
    {
        var lines = new List<string>();
        foreach (var node in tree.Nodes)
        {
            lines.Add($"{new string(' ', node.Depth)}{node.Function?.Function.Name ?? node.Kind.ToString()}: {node.Status}{(node.Failure == DecodeFailure.None ? string.Empty : $" {node.Failure}")}");
        }

        return lines;
    }

    /// <summary>The effects as text.</summary>
    public static List<string> Effects(DecodeTree tree)
    {
        var lines = new List<string>();
        foreach (var effect in tree.Effects)
        {
            lines.Add($"{effect.Kind} {Text(effect.AmountIn)} {Short(effect.TokenIn)} -> {Text(effect.AmountOut)} {Short(effect.TokenOut)} {Short(effect.Counterparty)}".TrimEnd());
        }

        return lines;
    }

    private static string Text(Amount amount) => amount.Meaning switch
    {
        AmountMeaning.NotStated => "?",
        AmountMeaning.Unresolved => amount.Sentinel.ToString(),
        _ => $"{amount.Meaning}:{amount.Value}",
    };

    private static string Short(Address? address) => address is { } value ? value.ToString()[..6] : "-";
}
