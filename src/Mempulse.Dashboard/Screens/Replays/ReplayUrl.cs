using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Replays;

/// <summary>The address of the screen: all of its state.</summary>
/// <param name="From">The position of state A.</param>
/// <param name="To">The position of state B.</param>
/// <param name="IsSearch">True to search for the first divergence between them.</param>
/// <param name="At">The event in the list of steps; null for B.</param>
/// <param name="Kinds">The kinds of entries that are shown, separated by commas; null for all.</param>
internal sealed record ReplayUrl(GlobalSeq From, GlobalSeq To, bool IsSearch, GlobalSeq? At, string? Kinds)
{
    /// <summary>The address.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"/replay?from={From}&to={To}{(IsSearch ? "&find=1" : string.Empty)}{(At is { } at ? $"&at={at}" : string.Empty)}{(Kinds is null ? string.Empty : $"&kinds={Kinds}")}");

    /// <summary>The same with another A; B follows if it would be before it.</summary>
    public ReplayUrl WithA(GlobalSeq at) => this with { From = at, To = at > To ? at : To, At = At ?? To };

    /// <summary>The same with another B; A follows if it would be after it.</summary>
    public ReplayUrl WithB(GlobalSeq at) => this with { To = at, From = at < From ? at : From, At = At ?? To };

    /// <summary>What one event changed.</summary>
    public ReplayUrl Step(GlobalSeq at) => this with { From = new GlobalSeq(at.Value - Math.Min(1, at.Value)), To = at, At = at, IsSearch = false };

    /// <summary>With or without a kind of entries.</summary>
    public ReplayUrl Toggle(string kind, IReadOnlyList<string> all)
    {
        string[] shown = [.. all.Where(one => Shows(one) != (one == kind))];
        return this with { Kinds = shown.Length == all.Count ? null : string.Join(',', shown) };
    }

    /// <summary>True if entries of a kind are shown.</summary>
    public bool Shows(string kind) => Kinds is null || Kinds.Split(',').Contains(kind, StringComparer.Ordinal);
}
