namespace Mempulse.Features.Checks;

/// <summary>What happened to an entry between two versions.</summary>
public enum ChangeKind
{
    /// <summary>Only the newer version has it.</summary>
    Added = 0,

    /// <summary>Only the older version has it.</summary>
    Removed,

    /// <summary>Both have it, and say different things.</summary>
    Changed,
}
