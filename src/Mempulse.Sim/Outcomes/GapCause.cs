namespace Mempulse.Sim.Outcomes;

/// <summary>Why a part of the state is not known.</summary>
public enum GapCause
{
    /// <summary>Nobody gave it.</summary>
    NotGiven = 0,

    /// <summary>The node gives no proof of it, and only proven state is taken.</summary>
    NotProven = 1,
}
