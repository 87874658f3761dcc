using Mempulse.Evm.State;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Witnesses;

/// <summary>Everything that a simulation depended on; executing it again needs no node and gives the same result.</summary>
/// <param name="Request">The request.</param>
/// <param name="State">The state that was read.</param>
/// <param name="Trust">How far that state can be trusted.</param>
public sealed record Witness(SimRequest Request, KnownState State, StateTrust Trust)
{
    /// <summary>The most codes that a witness names: together they are stored in one batch with it. One with more has them itself.</summary>
    public const int MaxNamedCodes = 64;

    /// <summary>How its bytes have the code.</summary>
    public WitnessForm Form { get; init; } = WitnessForm.Whole;

    /// <summary>The outcome when nothing was executed: a state mismatch, unproven state, or too many rounds of fetching; otherwise null.</summary>
    /// <remarks>The witness does not keep state that was wrong or lacked its proof, so a rerun repeats this outcome instead of deriving it again.</remarks>
    public SimOutcome? Unmade { get; init; }

    /// <summary>The same witness with its code named, unless it has more than <see cref="MaxNamedCodes"/>.</summary>
    public Witness NamingCodes() => State.Codes.Count <= MaxNamedCodes ? this with { Form = WitnessForm.NamesCodes } : this;

    /// <summary>The codes that its bytes name, by ascending hash.</summary>
    public IReadOnlyCollection<ContractCode> NamedCodes => Form == WitnessForm.NamesCodes ? State.Codes.Values : [];
}
