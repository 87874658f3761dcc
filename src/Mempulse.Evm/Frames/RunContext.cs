using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Frames;

/// <summary>What all frames of a run share: state, block, transaction, and the arenas of stack and memory.</summary>
/// <remarks>
/// Stack and memory of a frame begin where those of its caller end. Both arrays only move when a frame is entered or its memory grows;
/// <see cref="Machine"/> takes its references anew then.
/// </remarks>
internal sealed class RunContext
{
    /// <summary>
    /// Memory of all frames together ends here, at the longest array there is; what wants more is out of gas. The price is quadratic per
    /// frame, so a transaction of 2^24 gas, the most that EIP-7825 allows, stays below 100 MB.
    /// </summary>
    public const int MaxMemoryBytes = int.MaxValue & ~0x3f;

    /// <summary>More than this is given back after the run that needed it.</summary>
    private const int KeptMemoryBytes = 1 << 27;
    private const int FirstMemoryBytes = 1 << 14;
    private const int FirstStackWords = 4 * FrontierGas.MaxStackWords;

    public UInt256[] Stack = new UInt256[FirstStackWords];
    public byte[] Memory = new byte[FirstMemoryBytes];
    public BlockEnv Block = null!;
    public ForkRules Rules = null!;
    public WorldState State = null!;
    public TransactionEnv Transaction;
    public UInt256 BlobBaseFee;

    /// <summary>What the caller of this run allows beyond gas.</summary>
    public RunLimits Limits = RunLimits.None;

    /// <summary>The limit that was reached: the run ends with all its frames.</summary>
    public RunLimit Exceeded;

    /// <summary>Who inherited in the last SELFDESTRUCT, for the tracer.</summary>
    public Address Heir;

    /// <summary>What was inherited, in wei.</summary>
    public UInt256 Inheritance;

    public ReturnBuffer ReturnData { get; } = new();

    public FrameRequest Request { get; } = new();

    /// <summary>Makes room for a frame's stack.</summary>
    public void ReserveStack(int stackBase)
    {
        if (stackBase + FrontierGas.MaxStackWords > Stack.Length)
        {
            Array.Resize(ref Stack, Stack.Length * 2);
        }
    }

    /// <summary>Lets go of memory that only an unusual run needs.</summary>
    public void TrimMemory()
    {
        if (Memory.Length > KeptMemoryBytes)
        {
            Memory = new byte[FirstMemoryBytes];
        }
    }

    /// <summary>Makes room for memory up to <paramref name="end"/>; false beyond <see cref="MaxMemoryBytes"/>.</summary>
    public bool TryReserveMemory(long end)
    {
        if (end > Limits.MaxMemoryBytes)
        {
            Exceeded = RunLimit.Memory;
            return false;
        }

        if (end > MaxMemoryBytes)
        {
            return false;
        }

        if (end > Memory.Length)
        {
            Array.Resize(ref Memory, (int)Math.Min(Math.Max(end, Memory.Length * 2L), MaxMemoryBytes));
        }

        return true;
    }
}
