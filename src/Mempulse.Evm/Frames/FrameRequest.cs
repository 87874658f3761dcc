using Mempulse.Primitives;

namespace Mempulse.Evm.Frames;

/// <summary>A call or creation that an instruction has paid for and that is to be made.</summary>
/// <remarks>One per run, filled anew each time. Places in memory are positions in the arena.</remarks>
internal sealed class FrameRequest
{
    public FrameKind Kind;
    public long Gas;

    /// <summary>Whose storage and balance it runs on.</summary>
    public Address Target;

    /// <summary>Whose code runs.</summary>
    public Address CodeSource;

    public Address Caller;

    /// <summary>What CALLVALUE tells.</summary>
    public UInt256 Value;

    /// <summary>True when <see cref="Value"/> moves from caller to target.</summary>
    public bool MovesValue;

    public bool IsStatic;
    public int InputAt;
    public int InputLength;

    /// <summary>Relative to the memory of the calling frame.</summary>
    public int OutputAt;
    public int OutputLength;

    /// <summary>EIP-1014.</summary>
    public UInt256 Salt;
}
