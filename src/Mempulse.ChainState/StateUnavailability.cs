namespace Mempulse.ChainState;

/// <summary>Why the state of a block cannot be had.</summary>
public enum StateUnavailability
{
    /// <summary>Those who answer do not have the block, or not one that hashes to what it says.</summary>
    UnknownBlock = 0,

    /// <summary>Nobody answers.</summary>
    NobodyAnswers = 1,
}
