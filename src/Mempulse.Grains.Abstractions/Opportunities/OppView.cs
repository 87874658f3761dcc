using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Opportunities;

/// <summary>An opportunity as the fold holds it.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.opp-view")]
public sealed record OppView
{
    /// <inheritdoc cref="LogEvent.OppDetected.Opp"/>
    [Id(0)]
    public required Hash256 Id { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Trigger"/>
    [Id(1)]
    public required Hash256 Trigger { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Base"/>
    [Id(2)]
    public required Hash256 Base { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.BaseNumber"/>
    [Id(3)]
    public required BlockNumber BaseNumber { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Strategy"/>
    [Id(4)]
    public required string Strategy { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.StrategyVersion"/>
    [Id(5)]
    public required int StrategyVersion { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Registry"/>
    [Id(6)]
    public required Hash256 Registry { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Purpose"/>
    [Id(7)]
    public required OppPurpose Purpose { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Extractor"/>
    [Id(8)]
    public required string Extractor { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Scorer"/>
    [Id(9)]
    public required string Scorer { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Urgency"/>
    [Id(10)]
    public required long Urgency { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Worth"/>
    [Id(11)]
    public required long Worth { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Risk"/>
    [Id(12)]
    public required long Risk { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Score"/>
    [Id(13)]
    public required long Score { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Value"/>
    [Id(14)]
    public required Wei Value { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Token"/>
    [Id(15)]
    public required Address Token { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Input"/>
    [Id(16)]
    public required UInt256 Input { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Profit"/>
    [Id(17)]
    public required UInt256 Profit { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.IsExact"/>
    [Id(18)]
    public required bool IsExact { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.SaferMinimum"/>
    [Id(19)]
    public required UInt256 SaferMinimum { get; init; }

    /// <summary>True if it was handed on to simulation.</summary>
    [Id(20)]
    public required bool IsHandedOn { get; init; }

    /// <summary>Why it cannot be simulated, in a sentence; empty if it can, and for advice.</summary>
    [Id(27)]
    public required string Obstacle { get; init; }

    /// <summary>Why the last try did not simulate it, in a sentence; empty if there was none, or it did.</summary>
    [Id(28)]
    public string Problem { get; init; } = string.Empty;

    /// <inheritdoc cref="LogEvent.OppDetected.Before"/>
    [Id(29)]
    public required IReadOnlyList<Hash256> Before { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.RankedBelow"/>
    [Id(21)]
    public required int RankedBelow { get; init; }

    /// <inheritdoc cref="LogEvent.OppDetected.Legs"/>
    [Id(22)]
    public required IReadOnlyList<OppLegView> Legs { get; init; }

    /// <summary>Open, Invalidated or Expired.</summary>
    [Id(23)]
    public required string Status { get; init; }

    /// <summary>Why it no longer holds; None while it does.</summary>
    [Id(24)]
    public required OppEnd End { get; init; }

    /// <summary>The block or the transaction that is the reason; null if it is not known, or while it holds.</summary>
    [Id(25)]
    public required Hash256? By { get; init; }

    /// <summary>What its last simulation gave; null before the first.</summary>
    [Id(26)]
    public required OppSimView? Simulation { get; init; }

    /// <summary>The bundles that it is in and that the fold holds, in the order in which they were built; empty in lists of opportunities.</summary>
    [Id(30)]
    public IReadOnlyList<Hash256> Bundles { get; init; } = [];
}
