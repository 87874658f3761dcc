namespace Mempulse.Sim.Requests;

/// <summary>Whether a transaction that reverts or halts fails its bundle.</summary>
public enum RevertPolicy
{
    /// <summary>The bundle fails.</summary>
    MustSucceed = 0,

    /// <summary>The bundle continues.</summary>
    MayRevert = 1,
}
