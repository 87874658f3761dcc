namespace Mempulse.Evm.Recording;

/// <summary>The effect of SELFDESTRUCT on an account.</summary>
public enum Destruction
{
    /// <summary>The account was not removed.</summary>
    None = 0,

    /// <summary>The account was removed.</summary>
    Removed = 1,
}
