using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Frames;

/// <summary>A call or creation under way; while another runs on top of it, its registers rest here.</summary>
internal sealed class Frame
{
    public FrameKind Kind;
    public int Depth;
    public ContractCode Code = ContractCode.Empty;
    public Account Self = null!;
    public Address CodeSource;
    public Address Caller;
    public UInt256 Value;
    public bool IsStatic;
    public Snapshot Snapshot;

    public int ProgramCounter;
    public int StackBase;
    public int StackCount;
    public long Gas;

    /// <summary>What the frame started with.</summary>
    public long GasGiven;
    public int MemoryBase;
    public int MemorySize;

    public int InputAt;
    public int InputLength;

    /// <summary>Where the caller wants the output, in its own memory.</summary>
    public int OutputAt;
    public int OutputLength;

    /// <summary>What RETURN or REVERT gave, in this frame's memory.</summary>
    public int ResultAt;
    public int ResultLength;

    public bool IsCreation => Kind >= FrameKind.Create;
}
