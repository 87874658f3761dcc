using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Opportunities;

/// <summary>One exchange of an opportunity.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.opp-leg-view")]
public sealed record OppLegView
{
    /// <inheritdoc cref="OppLeg.Pool"/>
    [Id(0)]
    public required Address Pool { get; init; }

    /// <inheritdoc cref="OppLeg.PoolId"/>
    [Id(1)]
    public required Hash256 PoolId { get; init; }

    /// <summary>The protocol of the pool; empty while the book does not hold it.</summary>
    [Id(2)]
    public required string Protocol { get; init; }

    /// <inheritdoc cref="OppLeg.TokenIn"/>
    [Id(3)]
    public required Address TokenIn { get; init; }

    /// <inheritdoc cref="OppLeg.TokenOut"/>
    [Id(4)]
    public required Address TokenOut { get; init; }

    /// <inheritdoc cref="OppLeg.AmountIn"/>
    [Id(5)]
    public required UInt256 AmountIn { get; init; }

    /// <inheritdoc cref="OppLeg.AmountOut"/>
    [Id(6)]
    public required UInt256 AmountOut { get; init; }

    /// <summary>How the pool is called: Pair or Ticks; Unknown while the book does not hold it.</summary>
    [Id(7)]
    public required OppLegForm Form { get; init; }
}
