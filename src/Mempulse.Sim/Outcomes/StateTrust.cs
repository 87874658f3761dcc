namespace Mempulse.Sim.Outcomes;

/// <summary>How far the state that a simulation read can be trusted.</summary>
public enum StateTrust
{
    /// <summary>A node said so and gave no proof.</summary>
    Unverified = 0,

    /// <summary>Every value was proven against the state root of the base block's header, and the header against its hash.</summary>
    Verified = 1,
}
