namespace Mempulse.ChainState;

/// <summary>Why the state of a block is unavailable.</summary>
public enum StateUnavailability
{
    /// <summary>No node that answers has the block, or its header has another hash.</summary>
    UnknownBlock = 0,

    /// <summary>No node answers.</summary>
    NoNodeAnswers = 1,

    /// <summary>The state comes from a recording, which does not have this block.</summary>
    NotRecorded = 2,
}
