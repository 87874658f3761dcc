using Mempulse.Outcomes.Relays;
using Mempulse.Outcomes.Verdicts;
using Mempulse.Replay.Derivations;

namespace Mempulse.Outcomes;

/// <summary>The derivations of this assembly, which share what they know: each set belongs to one engine.</summary>
public static class OutcomeDerivations
{
    /// <summary>Creates a set, in the order in which they run.</summary>
    public static IReadOnlyList<IDerivation> Create()
    {
        var outcomes = new OutcomeFold();
        return [outcomes, new RelayHealthFold(outcomes)];
    }
}
