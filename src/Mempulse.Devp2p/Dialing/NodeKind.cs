namespace Mempulse.Devp2p.Dialing;

/// <summary>How a node became a candidate.</summary>
public enum NodeKind
{
    /// <summary>Discovered or restored: dialled while there is room.</summary>
    Discovered,

    /// <summary>Configured: always dialled, and exempt from the limits.</summary>
    Static,

    /// <summary>Configured: admitted beyond the limits, but not dialled.</summary>
    Trusted,
}
