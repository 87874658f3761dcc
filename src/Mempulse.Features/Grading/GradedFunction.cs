using Mempulse.Features.Decoding;
using Mempulse.Primitives;

namespace Mempulse.Features.Grading;

/// <summary>A function as it is decoded and graded.</summary>
/// <param name="Contract">The contract; the zero account for contracts that are known by the selector alone.</param>
/// <param name="Layout">The ABI or command table that it is read by.</param>
/// <param name="Signature">The function.</param>
public readonly record struct GradedFunction(Address Contract, string Layout, string Signature) : IComparable<GradedFunction>
{
    /// <summary>The function of a node.</summary>
    /// <returns>Null if the node has none. The fold has no state, so what is called through a proxy counts as known by the selector.</returns>
    public static GradedFunction? Of(in CallNode node) => node.Function is { } function
        ? new GradedFunction(node is { Status: DecodeStatus.Decoded, Delegate: null } ? node.Target : default, function.Layout, function.Function.Signature)
        : null;

    /// <inheritdoc/>
    public int CompareTo(GradedFunction other) =>
        Contract != other.Contract ? Contract.CompareTo(other.Contract)
        : string.CompareOrdinal(Layout, other.Layout) is not 0 and var order ? order
        : string.CompareOrdinal(Signature, other.Signature);

    /// <summary>Order by contract, layout and signature.</summary>
    public static bool operator <(GradedFunction left, GradedFunction right) => left.CompareTo(right) < 0;

    /// <summary>Order by contract, layout and signature.</summary>
    public static bool operator >(GradedFunction left, GradedFunction right) => left.CompareTo(right) > 0;

    /// <summary>Order by contract, layout and signature.</summary>
    public static bool operator <=(GradedFunction left, GradedFunction right) => left.CompareTo(right) <= 0;

    /// <summary>Order by contract, layout and signature.</summary>
    public static bool operator >=(GradedFunction left, GradedFunction right) => left.CompareTo(right) >= 0;
}
