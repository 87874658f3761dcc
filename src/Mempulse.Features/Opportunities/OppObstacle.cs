namespace Mempulse.Features.Opportunities;

/// <summary>Why a gain is not handed on to simulation whatever its rank. The number is in checkpoints.</summary>
public enum OppObstacle
{
    /// <summary>It can be simulated.</summary>
    None = 0,

    /// <summary>It gains another token than wrapped ether, which the simulation cannot begin with.</summary>
    OtherToken = 1,

    /// <summary>The simulation has no call for one of its exchanges.</summary>
    OtherPool = 2,

    /// <summary>More transactions of the trigger's sender run before it than a simulation takes.</summary>
    TooManyBefore = 3,
}
