using Mempulse.Ethereum.Abi;

namespace Mempulse.Features.Decoding;

/// <summary>The calls of a transaction and what they do, in the order of the calldata. Reused from transaction to transaction; confined to its caller.</summary>
/// <remarks>Nodes refer to the calldata by offset, so their arguments are read from the calldata that was decoded.</remarks>
public sealed class DecodeTree
{
    private CallNode[] _nodes = new CallNode[16];
    private Effect[] _effects = new Effect[16];
    private int _nodeCount;
    private int _effectCount;
    private int _partsLeft;

    /// <summary>The nodes; a node follows its parent.</summary>
    public ReadOnlySpan<CallNode> Nodes => _nodes.AsSpan(0, _nodeCount);

    /// <summary>What the nodes do, in their order.</summary>
    public ReadOnlySpan<Effect> Effects => _effects.AsSpan(0, _effectCount);

    /// <summary>True if calls were left out because the tree has <see cref="DecodeBounds.MaxNodes"/>.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Opens the arguments of a node.</summary>
    /// <param name="node">A node of this tree whose arguments are readable.</param>
    /// <param name="calldata">The calldata of the transaction.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>False if the node has no readable arguments.</returns>
    public static bool TryOpen(in CallNode node, ReadOnlySpan<byte> calldata, out AbiValue arguments)
    {
        arguments = default;
        return node.IsReadable && node.Function is { } function
            && AbiValue.TryOpen(function.Function.Arguments, calldata.Slice(node.OffsetBytes + node.SelectorBytes, node.LengthBytes - node.SelectorBytes), function.Offsets, out arguments);
    }

    internal (int Nodes, int Effects) Mark => (_nodeCount, _effectCount);

    /// <summary>What is left of <see cref="DecodeBounds.MaxParts"/>.</summary>
    internal ref int PartsLeft => ref _partsLeft;

    internal void Clear() => (_nodeCount, _effectCount, _partsLeft, IsCut) = (0, 0, DecodeBounds.MaxParts, false);

    /// <summary>Takes back what was added after a mark.</summary>
    internal void Rewind((int Nodes, int Effects) mark) => (_nodeCount, _effectCount) = mark;

    /// <summary>The signatures of the nodes that were added after a mark.</summary>
    internal string[] SignaturesAfter((int Nodes, int Effects) mark)
    {
        string[] signatures = new string[_nodeCount - mark.Nodes];
        for (int i = 0; i < signatures.Length; i++)
        {
            signatures[i] = _nodes[mark.Nodes + i].Function?.Function.Signature ?? string.Empty;
        }

        return signatures;
    }

    internal bool TryAdd(in CallNode node, out int index)
    {
        index = _nodeCount;
        if (_nodeCount == DecodeBounds.MaxNodes)
        {
            IsCut = true;
            return false;
        }

        if (_nodeCount == _nodes.Length)
        {
            Array.Resize(ref _nodes, _nodes.Length * 2);
        }

        _nodes[_nodeCount++] = node;
        return true;
    }

    internal void Add(in Effect effect)
    {
        if (_effectCount == _effects.Length)
        {
            Array.Resize(ref _effects, _effects.Length * 2);
        }

        _effects[_effectCount++] = effect;
    }
}
