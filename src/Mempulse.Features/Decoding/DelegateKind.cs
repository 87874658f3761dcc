namespace Mempulse.Features.Decoding;

/// <summary>How an account runs the code of another one.</summary>
public enum DelegateKind
{
    /// <summary>It delegates to it by a signed tuple (EIP-7702).</summary>
    Delegation = 0,

    /// <summary>It is a minimal proxy, whose code names it (ERC-1167).</summary>
    MinimalProxy,

    /// <summary>It is a proxy that keeps it in the slot of ERC-1967.</summary>
    ImplementationSlot,

    /// <summary>It is a Safe, which keeps its singleton in slot 0.</summary>
    Safe,
}
