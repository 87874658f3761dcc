namespace Mempulse.Devp2p.Eth;

/// <summary>The order of requested headers by block number.</summary>
public enum HeaderOrder
{
    /// <summary>Towards the head.</summary>
    Rising,

    /// <summary>Towards genesis.</summary>
    Falling,
}
