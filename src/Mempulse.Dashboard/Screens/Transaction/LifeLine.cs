using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Transaction;

/// <summary>One line in the life of a transaction.</summary>
/// <param name="Seq">The event.</param>
/// <param name="Time">When it was observed.</param>
/// <param name="Icon">The icon of the state after it, or "dot" for what does not change the state.</param>
/// <param name="State">The state after it; empty for what does not change it.</param>
/// <param name="Sentence">What happened.</param>
internal sealed record LifeLine(GlobalSeq Seq, UnixNanoseconds Time, string Icon, string State, string Sentence)
{
    /// <summary>The opportunity, block or transaction that the sentence is about; null for none.</summary>
    public string? Object { get; init; }

    /// <summary>Where <see cref="Object"/> is shown.</summary>
    public string? Href { get; init; }

    /// <summary>What follows <see cref="Object"/>.</summary>
    public string Rest { get; init; } = string.Empty;

    /// <summary>True for what does not change the state.</summary>
    public bool IsSmall => State.Length == 0;
}
