using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Bundles;

/// <summary>A bundle as the fold holds it.</summary>
public sealed record BundleStanding
{
    /// <summary>The event that made it.</summary>
    public required LogEvent.BundleBuilt Built { get; init; }

    /// <summary>The position of that event.</summary>
    public required GlobalSeq BuiltAt { get; init; }

    /// <summary>What was asked of relays, by relay and command.</summary>
    public required IReadOnlyList<RequestStanding> Requests { get; init; }

    /// <summary>Why it is not sent any more; None while it may be.</summary>
    public BundleEnd End { get; init; }

    /// <summary>True if relays that may have it were asked to forget it.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Its latest verdict; null while it is open.</summary>
    public LogEvent.BundleOutcome? Outcome { get; init; }

    /// <summary>The canonical block at its target height; null until one is observed.</summary>
    public Hash256? TargetBlock { get; init; }

    /// <summary>True if the target block was executed again with it, or that was tried.</summary>
    public bool IsExamined { get; init; }

    /// <summary>True while requests for it may leave: it has no end, and its target block does not exist.</summary>
    public bool MaySend => End == BundleEnd.None && TargetBlock is null && Outcome is null;
}
