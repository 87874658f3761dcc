namespace Mempulse.Features.Registry;

/// <summary>How the effect of a function is read from its arguments.</summary>
/// <remarks>A member that is null does not apply to the function, or the function does not state it.</remarks>
/// <param name="Kind">What happens.</param>
public sealed record EffectRule(EffectKind Kind)
{
    /// <summary>The token that is given, transferred or approved.</summary>
    public ArgumentPath? TokenIn { get; init; }

    /// <summary>The token that is received.</summary>
    public ArgumentPath? TokenOut { get; init; }

    /// <summary>The amount of <see cref="TokenIn"/>.</summary>
    public AmountRule? AmountIn { get; init; }

    /// <summary>The amount of <see cref="TokenOut"/>.</summary>
    public AmountRule? AmountOut { get; init; }

    /// <summary>The other account: recipient, spender or borrower.</summary>
    public ArgumentPath? Counterparty { get; init; }

    /// <summary>The array that has an element for each such effect, where the other paths begin; null if there is one effect.</summary>
    public ArgumentPath? Each { get; init; }

    /// <summary>All of them hold if the effect takes place.</summary>
    public IReadOnlyList<EffectCondition> When { get; init; } = [];

    /// <summary>The latest time of inclusion, in seconds since 1970.</summary>
    public ArgumentPath? Deadline { get; init; }

    /// <summary>The pools of a swap.</summary>
    public RouteRule? Route { get; init; }
}
