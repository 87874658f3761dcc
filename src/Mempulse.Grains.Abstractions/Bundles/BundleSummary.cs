using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Bundles;

/// <summary>A bundle as the fold holds it, as far as it is needed to send, replace or withdraw it.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.bundle-summary")]
public sealed record BundleSummary
{
    /// <inheritdoc cref="LogEvent.BundleBuilt.Bundle"/>
    [Id(0)]
    public required Hash256 Id { get; init; }

    /// <inheritdoc cref="LogEvent.BundleBuilt.Base"/>
    [Id(1)]
    public required Hash256 Base { get; init; }

    /// <inheritdoc cref="LogEvent.BundleBuilt.Target"/>
    [Id(2)]
    public required BlockNumber Target { get; init; }

    /// <inheritdoc cref="LogEvent.BundleBuilt.Opportunities"/>
    [Id(3)]
    public required IReadOnlyList<Hash256> Opportunities { get; init; }

    /// <inheritdoc cref="LogEvent.BundleBuilt.Content"/>
    [Id(4)]
    public required Hash256 Content { get; init; }

    /// <inheritdoc cref="LogEvent.BundleBuilt.Operator"/>
    [Id(5)]
    public required Address Operator { get; init; }

    /// <summary>The nonce of its first own transaction.</summary>
    [Id(6)]
    public required Nonce Nonce { get; init; }

    /// <inheritdoc cref="LogEvent.BundleBuilt.BaseFee"/>
    [Id(7)]
    public required Wei BaseFee { get; init; }

    /// <inheritdoc cref="LogEvent.BundleBuilt.Uuid"/>
    [Id(8)]
    public required string Uuid { get; init; }

    /// <inheritdoc cref="LogEvent.BundleBuilt.Sequence"/>
    [Id(9)]
    public required ulong Sequence { get; init; }

    /// <inheritdoc cref="LogEvent.BundleBuilt.IsSigned"/>
    [Id(10)]
    public required bool IsSigned { get; init; }

    /// <inheritdoc cref="LogEvent.BundleBuilt.IsDryRun"/>
    [Id(11)]
    public required bool IsDryRun { get; init; }

    /// <summary>Its transactions that may revert.</summary>
    [Id(12)]
    public required IReadOnlyList<Hash256> MayRevert { get; init; }

    /// <summary>Why it is not sent any more; None while it may be.</summary>
    [Id(13)]
    public required BundleEnd End { get; init; }

    /// <summary>True if relays that may have it are asked to forget it.</summary>
    [Id(14)]
    public required bool IsCancelled { get; init; }

    /// <summary>True while requests for it may leave.</summary>
    [Id(15)]
    public required bool MaySend { get; init; }

    /// <summary>True if an attempt started for some relay, a dry one too.</summary>
    [Id(16)]
    public required bool WasAttempted { get; init; }

    /// <summary>True if its verdict says that all of it is in a block.</summary>
    [Id(17)]
    public required bool HasLanded { get; init; }
}
