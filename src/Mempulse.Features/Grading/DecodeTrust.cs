using Mempulse.Features.Decoding;
using Mempulse.Features.Trades;

namespace Mempulse.Features.Grading;

/// <summary>Decides which decoded amounts are certain. The amounts of a function that drifts, and of all that is inside a call of it, are not. Immutable.</summary>
/// <remarks>Whatever shows or uses amounts takes them from here. An amount that is not certain becomes <see cref="AmountMeaning.Stated"/>: neither exact nor a bound.</remarks>
public sealed class DecodeTrust
{
    private readonly SortedSet<GradedFunction> _drifting;

    /// <summary>Nothing but these functions drifts.</summary>
    public DecodeTrust(IEnumerable<GradedFunction> drifting) => _drifting = [.. drifting];

    /// <summary>No function drifts, or nothing was graded.</summary>
    public static DecodeTrust Full { get; } = new([]);

    /// <summary>The functions that drift, in their order.</summary>
    public IReadOnlyCollection<GradedFunction> Drifting => _drifting;

    /// <summary>True if a node's function, or one that contains it, drifts.</summary>
    public bool IsDrifting(DecodeTree tree, int node)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return _drifting.Count > 0 && IsDrifting(FunctionsOf(tree, node));
    }

    /// <summary>True if one of the functions that a node is decoded by drifts.</summary>
    /// <param name="functions">What <see cref="FunctionsOf"/> returned for the node.</param>
    public bool IsDrifting(ReadOnlySpan<GradedFunction> functions)
    {
        foreach (var function in functions)
        {
            if (_drifting.Contains(function))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The functions that a node is decoded by: its own, and those of the calls that contain it.</summary>
    public static GradedFunction[] FunctionsOf(DecodeTree tree, int node)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var nodes = tree.Nodes;
        int count = 0;
        for (int at = node; at >= 0; at = nodes[at].Parent)
        {
            count += nodes[at].Function is null ? 0 : 1;
        }

        var functions = new GradedFunction[count];
        int next = 0;
        for (int at = node; at >= 0; at = nodes[at].Parent)
        {
            if (GradedFunction.Of(nodes[at]) is { } function)
            {
                functions[next++] = function;
            }
        }

        return functions;
    }

    /// <summary>A trade with the amounts that may be relied on.</summary>
    public Trade Of(DecodeTree tree, Trade trade) =>
        IsDrifting(tree, trade.Node) ? Uncertain(trade) : trade;

    /// <summary>A trade none of whose amounts is to be relied on.</summary>
    public static Trade Uncertain(Trade trade) => trade with { AmountIn = Uncertain(trade.AmountIn), AmountOut = Uncertain(trade.AmountOut) };

    /// <summary>An effect with the amounts that may be relied on.</summary>
    public Effect Of(DecodeTree tree, Effect effect) =>
        IsDrifting(tree, effect.Node) ? effect with { AmountIn = Uncertain(effect.AmountIn), AmountOut = Uncertain(effect.AmountOut) } : effect;

    private static Amount Uncertain(in Amount amount) =>
        amount.Meaning is AmountMeaning.Exact or AmountMeaning.Minimum or AmountMeaning.Maximum ? amount with { Meaning = AmountMeaning.Stated } : amount;
}
