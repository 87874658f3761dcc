namespace Mempulse.Sim.Outcomes;

/// <summary>Why a part of the state is missing.</summary>
public enum GapCause
{
    /// <summary>The state reader does not have it.</summary>
    NotGiven = 0,

    /// <summary>The node gave no proof of it, and only proven state is accepted.</summary>
    NotProven = 1,
}
