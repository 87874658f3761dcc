using Mempulse.Builder.Dialects;

namespace Mempulse.RelaySim;

/// <summary>What a simulated builder is like.</summary>
public sealed record SimulatorPlan
{
    /// <summary>The builder whose dialect it speaks.</summary>
    public required RelayDialect Dialect { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The port on loopback; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>The anvil on which bundles land; null for a builder that only takes them.</summary>
    public Uri? Node { get; init; }

    /// <summary>How late a late answer is.</summary>
    public TimeSpan LateBy { get; init; } = TimeSpan.FromSeconds(2);
}
