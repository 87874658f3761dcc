namespace Mempulse.Devp2p.Eth;

/// <summary>Which way headers are asked for.</summary>
public enum HeaderOrder
{
    /// <summary>Towards the head.</summary>
    Rising,

    /// <summary>Towards genesis.</summary>
    Falling,
}
