namespace Mempulse.Evm.Recording;

/// <summary>The kind of an entry of a call tree.</summary>
public enum CallKind
{
    /// <summary>CALL, or a message-call transaction.</summary>
    Call = 0,

    /// <summary>CALLCODE.</summary>
    CallCode = 1,

    /// <summary>DELEGATECALL.</summary>
    DelegateCall = 2,

    /// <summary>STATICCALL.</summary>
    StaticCall = 3,

    /// <summary>CREATE, or a contract-creation transaction.</summary>
    Create = 4,

    /// <summary>CREATE2.</summary>
    Create2 = 5,

    /// <summary>SELFDESTRUCT, which transfers the balance.</summary>
    SelfDestruct = 6,
}
