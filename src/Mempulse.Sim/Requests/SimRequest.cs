using Mempulse.Primitives;

namespace Mempulse.Sim.Requests;

/// <summary>What is to be simulated; two requests that are equal have the same id, on every machine.</summary>
public sealed record SimRequest
{
    /// <summary>The block the bundle is executed in.</summary>
    public required SimBlock Block { get; init; }

    /// <summary>In order.</summary>
    public required IReadOnlyList<BundleTransaction> Transactions { get; init; }

    /// <summary>The opportunity it is for; zero for none.</summary>
    public Hash256 Opportunity { get; init; }

    /// <summary>Whose gains are told; null for the first transaction's sender.</summary>
    public Address? Account { get; init; }

    /// <summary>Changes to the state before the bundle.</summary>
    public IReadOnlyList<StateOverride> Overrides { get; init; } = [];

    /// <summary>Bounds.</summary>
    public SimLimits Limits { get; init; } = SimLimits.Default;

    /// <summary>Whether every instruction goes into the trace's digest.</summary>
    public StepTracing Steps { get; init; }
}
