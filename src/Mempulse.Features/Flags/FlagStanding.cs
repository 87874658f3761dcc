namespace Mempulse.Features.Flags;

/// <summary>Whether a risk is there.</summary>
public enum FlagStanding
{
    /// <summary>What would decide it is not at hand.</summary>
    Unknown = 0,

    /// <summary>It is not there.</summary>
    Absent,

    /// <summary>It is there.</summary>
    Present,
}
