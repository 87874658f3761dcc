namespace Mempulse.Evm.Recording;

/// <summary>What a line of a call tree is.</summary>
public enum CallKind
{
    /// <summary>CALL, or a transaction to an account.</summary>
    Call = 0,

    /// <summary>CALLCODE.</summary>
    CallCode = 1,

    /// <summary>DELEGATECALL.</summary>
    DelegateCall = 2,

    /// <summary>STATICCALL.</summary>
    StaticCall = 3,

    /// <summary>CREATE, or a transaction to nobody.</summary>
    Create = 4,

    /// <summary>CREATE2.</summary>
    Create2 = 5,

    /// <summary>SELFDESTRUCT: it gives away a balance.</summary>
    SelfDestruct = 6,
}
