namespace Mempulse.Evm.Frames;

/// <summary>How a frame came to be.</summary>
public enum FrameKind
{
    /// <summary>CALL, or a transaction to an account.</summary>
    Call = 0,

    /// <summary>CALLCODE: the code of another, run on oneself.</summary>
    CallCode = 1,

    /// <summary>DELEGATECALL: the same, with caller and value passed on (EIP-7).</summary>
    DelegateCall = 2,

    /// <summary>STATICCALL: nothing may change (EIP-214).</summary>
    StaticCall = 3,

    /// <summary>CREATE, or a transaction to nobody.</summary>
    Create = 4,

    /// <summary>CREATE2 (EIP-1014).</summary>
    Create2 = 5,
}
