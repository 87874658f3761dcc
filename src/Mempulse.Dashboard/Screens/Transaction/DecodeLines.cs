using System.Globalization;
using Mempulse.Dashboard.Format;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Decoding;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Transaction;

/// <summary>Turns a decode tree into lines, each with the bytes that it was read from.</summary>
internal sealed class DecodeLines
{
    /// <summary>Lines at most.</summary>
    public const int MaxRows = 200;

    private const int MaxElements = 16;
    private const int MaxDepth = 8;

    private readonly List<DecodeRow> _rows = [];
    private readonly Func<Address, string?> _nameOf;

    private DecodeLines(Func<Address, string?> nameOf) => _nameOf = nameOf;

    /// <summary>The lines of a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="calldata">The calldata that it was decoded from.</param>
    /// <param name="nameOf">The name of an account; null if it is not known.</param>
    public static IReadOnlyList<DecodeRow> Of(DecodeTree tree, ReadOnlySpan<byte> calldata, Func<Address, string?> nameOf)
    {
        var lines = new DecodeLines(nameOf);
        foreach (ref readonly var node in tree.Nodes)
        {
            lines.AddNode(node, calldata);
        }

        return lines._rows;
    }

    private void AddNode(in CallNode node, ReadOnlySpan<byte> calldata)
    {
        string value = node.Function is { } function && node.Kind == NodeKind.Call ? function.Function.Signature
            : node.Kind == NodeKind.Payment ? $"{Figures.Ether(node.Value)} without calldata"
            : string.Empty;
        Add(new DecodeRow(
            node.Depth,
            node.Kind == NodeKind.Command ? node.Command.ToString("x2", CultureInfo.InvariantCulture) : string.Empty,
            NameOf(node),
            value,
            StatusOf(node),
            node.Status == DecodeStatus.Decoded,
            node.OffsetBytes,
            node.OffsetBytes + node.LengthBytes));
        if (DecodeTree.TryOpen(node, calldata, out var arguments))
        {
            int selector = node.Kind == NodeKind.Command ? 0 : AbiFunction.SelectorBytes;
            AddMembers(arguments, node.Depth + 1, node.OffsetBytes + selector, string.Empty);
        }
    }

    private void AddMembers(in AbiValue tuple, int depth, int start, string prefix)
    {
        for (int i = 0; i < tuple.Type.Members.Count; i++)
        {
            string name = tuple.Type.Members[i].Name is { Length: > 0 } given ? given : i.ToString(CultureInfo.InvariantCulture);
            if (tuple.ReadMember(i, out var member) == AbiFault.None)
            {
                AddValue(member, depth, start, prefix.Length > 0 ? $"{prefix}.{name}" : name);
            }
        }
    }

    private void AddValue(in AbiValue value, int depth, int start, string name)
    {
        int first = start + value.OffsetBytes;
        switch (value.Type.Kind)
        {
            case AbiKind.Tuple when depth < MaxDepth:
                AddMembers(value, depth, start, name);
                break;
            case AbiKind.Array when depth < MaxDepth && value.ReadCount(out int count) == AbiFault.None:
                for (int i = 0; i < Math.Min(count, MaxElements); i++)
                {
                    if (value.ReadElement(i, out var element) == AbiFault.None)
                    {
                        AddValue(element, depth, start, $"{name}[{i}]");
                    }
                }

                if (count == 0 || count > MaxElements)
                {
                    Argument(depth, name, count == 0 ? "empty" : $"{count - MaxElements} more", first, first + AbiType.WordBytes);
                }

                break;
            case AbiKind.Bytes or AbiKind.Text:
                AddBytes(value, depth, start, name);
                break;
            default:
                Argument(depth, name, WordText(value), first, first + AbiType.WordBytes, value.Type.Kind == AbiKind.Address ? value.ToAddress().ToString() : null);
                break;
        }
    }

    private void AddBytes(in AbiValue value, int depth, int start, string name)
    {
        if (value.ReadBytes(out var content, out int offset) == AbiFault.None)
        {
            string text = value.Type.Kind == AbiKind.Text ? ChainText.Of(content) : content.IsEmpty ? "empty" : $"{Figures.Count(content.Length)} B, {Hashes.Short("0x" + Convert.ToHexStringLower(content))}";
            Argument(depth, name, text, start + offset, start + offset + content.Length);
        }
    }

    private string WordText(in AbiValue value) => value.Type.Kind switch
    {
        AbiKind.Address => _nameOf(value.ToAddress()) ?? Hashes.Short(value.ToAddress().ToString()),
        AbiKind.Bool => value.ToUInt256().IsZero ? "false" : "true",
        AbiKind.FixedBytes => Hashes.Short("0x" + Convert.ToHexStringLower(value.Word[..value.Type.Width])),
        AbiKind.SignedInteger when value.ToUInt256() is { IsNegative: true } number => Negative(number),
        _ => Figures.Scaled(value.ToUInt256().ToString(), 0, 0),
    };

    private static string Negative(UInt256 number)
    {
        UInt256.NegateWrapping(number, out var magnitude);
        return $"−{Figures.Scaled(magnitude.ToString(), 0, 0)}";
    }

    private static string NameOf(in CallNode node) => node.Kind switch
    {
        NodeKind.Command => node.Function?.Function.Name ?? "unknown command",
        NodeKind.Creation => "creates a contract",
        _ => node.Contract?.Name ?? Hashes.Short(node.Target.ToString()),
    };

    private static string StatusOf(in CallNode node) => node.Status switch
    {
        DecodeStatus.Decoded => "decoded",
        DecodeStatus.BySelector => "by selector",
        DecodeStatus.AmbiguousLayout => "ambiguous",
        DecodeStatus.UnknownCommand => "unknown command",
        _ => node.Failure == DecodeFailure.None ? "undecodable" : $"undecodable: {node.Failure}",
    };

    private void Argument(int depth, string name, string value, int first, int end, string? account = null) =>
        Add(new DecodeRow(depth, string.Empty, name, value, string.Empty, true, first, end) { Account = account });

    private void Add(DecodeRow row)
    {
        if (_rows.Count < MaxRows)
        {
            _rows.Add(row);
        }
    }
}
