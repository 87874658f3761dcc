namespace Mempulse.Devp2p.Dialing;

/// <summary>How a node came to be a candidate.</summary>
internal enum NodeKind
{
    /// <summary>Found: dialled while there is room.</summary>
    Discovered,

    /// <summary>Configured: dialled always, beyond all limits.</summary>
    Static,

    /// <summary>Configured: let in beyond all limits, and not dialled.</summary>
    Trusted,
}
