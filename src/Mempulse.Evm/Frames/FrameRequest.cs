using Mempulse.Primitives;

namespace Mempulse.Evm.Frames;

/// <summary>A call or creation that an instruction has charged and requested.</summary>
/// <remarks>One instance per run, overwritten by each request. Memory offsets are relative to the memory of the calling frame.</remarks>
internal sealed class FrameRequest
{
    public FrameKind Kind;
    public long Gas;

    /// <summary>The account whose storage and balance the code uses.</summary>
    public Address Target;

    /// <summary>The account whose code runs.</summary>
    public Address CodeSource;

    public Address Caller;

    /// <summary>The value that CALLVALUE returns, in wei.</summary>
    public UInt256 Value;

    /// <summary>True when <see cref="Value"/> is transferred from caller to target.</summary>
    public bool TransfersValue;

    public bool IsStatic;
    public int InputAt;
    public int InputLength;

    public int OutputAt;
    public int OutputLength;

    /// <summary>The salt of CREATE2 (EIP-1014).</summary>
    public UInt256 Salt;
}
