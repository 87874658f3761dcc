namespace Mempulse.Sim.Requests;

/// <summary>What a transaction that reverts or halts means for its bundle.</summary>
public enum RevertPolicy
{
    /// <summary>The bundle fails with it.</summary>
    MustSucceed = 0,

    /// <summary>The bundle goes on.</summary>
    MayRevert = 1,
}
