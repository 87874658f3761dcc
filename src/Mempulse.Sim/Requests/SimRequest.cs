using Mempulse.Primitives;

namespace Mempulse.Sim.Requests;

/// <summary>A simulation request. Equal requests have the same id on every machine.</summary>
public sealed record SimRequest
{
    /// <summary>The block in which the bundle executes.</summary>
    public required SimBlock Block { get; init; }

    /// <summary>The transactions in execution order.</summary>
    public required IReadOnlyList<BundleTransaction> Transactions { get; init; }

    /// <summary>Id of the opportunity; zero for a simulation that no opportunity triggered.</summary>
    public Hash256 Opportunity { get; init; }

    /// <summary>The account whose profit is reported; null for the sender of the first transaction.</summary>
    public Address? Account { get; init; }

    /// <summary>State changes applied before the bundle.</summary>
    public IReadOnlyList<StateOverride> Overrides { get; init; } = [];

    /// <summary>The limits of the simulation.</summary>
    public SimLimits Limits { get; init; } = SimLimits.Default;

    /// <summary>Whether a digest over every instruction is computed.</summary>
    public StepTracing Steps { get; init; }
}
