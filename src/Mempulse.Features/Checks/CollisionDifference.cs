namespace Mempulse.Features.Checks;

/// <summary>What two functions say differently about the same calldata.</summary>
public enum CollisionDifference
{
    /// <summary>They are different functions, and there is calldata that is the canonical encoding of both.</summary>
    Signature = 0,

    /// <summary>The same signature, and other calls or commands in it.</summary>
    Inner,

    /// <summary>The same signature, and other effects, names of arguments, category or deadline.</summary>
    Meaning,
}
