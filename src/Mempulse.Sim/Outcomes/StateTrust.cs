namespace Mempulse.Sim.Outcomes;

/// <summary>How far the state that a simulation read can be trusted.</summary>
public enum StateTrust
{
    /// <summary>A node's claim without proof.</summary>
    Unverified = 0,

    /// <summary>Every value is proven against the state root in the base block's header, and the header against the block hash.</summary>
    Verified = 1,
}
