namespace Mempulse.Grains.Bundles;

/// <summary>Whether bundles leave.</summary>
public enum BundleSending
{
    /// <summary>Everything is done but the sending, and every event says so.</summary>
    DryRun = 0,

    /// <summary>Bundles are sent to the relays.</summary>
    Live = 1,
}
