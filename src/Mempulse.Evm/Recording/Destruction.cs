namespace Mempulse.Evm.Recording;

/// <summary>What SELFDESTRUCT did to an account.</summary>
public enum Destruction
{
    /// <summary>The account stands.</summary>
    None = 0,

    /// <summary>It is gone.</summary>
    Removed = 1,
}
