using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Frames;

/// <summary>A call or creation in progress; holds its registers while a nested frame runs.</summary>
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

    /// <summary>Gas at the start of the frame.</summary>
    public long InitialGas;
    public int MemoryBase;
    public int MemorySize;

    /// <summary>Position of the call data in the memory arena.</summary>
    public int InputAt;
    public int InputLength;

    /// <summary>Offset of the output in the caller's memory.</summary>
    public int OutputAt;
    public int OutputLength;

    /// <summary>Offset of the data of RETURN or REVERT in this frame's memory.</summary>
    public int ResultAt;
    public int ResultLength;

    public bool IsCreation => Kind >= FrameKind.Create;
}
