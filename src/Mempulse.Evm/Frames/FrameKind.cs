namespace Mempulse.Evm.Frames;

/// <summary>The instruction or transaction that starts a frame.</summary>
public enum FrameKind
{
    /// <summary>CALL, or a message-call transaction.</summary>
    Call = 0,

    /// <summary>CALLCODE: another account's code in the caller's own storage context.</summary>
    CallCode = 1,

    /// <summary>DELEGATECALL: like CALLCODE, with the caller's own caller and value (EIP-7).</summary>
    DelegateCall = 2,

    /// <summary>STATICCALL: state changes are forbidden (EIP-214).</summary>
    StaticCall = 3,

    /// <summary>CREATE, or a contract-creation transaction.</summary>
    Create = 4,

    /// <summary>CREATE2 (EIP-1014).</summary>
    Create2 = 5,
}
