namespace Mempulse.Replay.Derivations;

/// <summary>How the log and the events derived from it can differ.</summary>
public enum DivergenceKind
{
    /// <summary>The log holds a derived event whose content is not what the fold derives.</summary>
    Different = 0,

    /// <summary>The log skips a derived event and holds a later one.</summary>
    Missing = 1,

    /// <summary>The log holds a derived event that the fold does not derive.</summary>
    Unexpected = 2,

    /// <summary>The log holds a derived event twice.</summary>
    Repeated = 3,
}
