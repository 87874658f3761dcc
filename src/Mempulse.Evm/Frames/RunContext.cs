using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Frames;

/// <summary>The context shared by all frames of a run: state, block, transaction, and the stack and memory arenas.</summary>
/// <remarks>
/// The stack and memory of a frame start where those of its caller end. The arrays are reallocated only when a frame is entered or memory is
/// expanded; <see cref="Machine"/> refreshes its references then.
/// </remarks>
internal sealed class RunContext
{
    /// <summary>
    /// Limit of the memory of all frames, close to the maximum array length; beyond it a frame is out of gas. Memory cost is quadratic per frame, so a
    /// transaction with 2^24 gas, the cap of EIP-7825, stays below 100 MB.
    /// </summary>
    public const int MaxMemoryBytes = int.MaxValue & ~0x3f;

    /// <summary>A larger arena is released before the next run.</summary>
    private const int KeptMemoryBytes = 1 << 27;
    private const int FirstMemoryBytes = 1 << 14;
    private const int FirstStackWords = 4 * FrontierGas.MaxStackWords;

    /// <summary>The stacks of all frames, and a word after them: the loop's reference to the first free word never points past the array.</summary>
    public UInt256[] Stack = new UInt256[FirstStackWords];
    public byte[] Memory = new byte[FirstMemoryBytes];
    public BlockEnv Block = null!;
    public ForkRules Rules = null!;
    public WorldState State = null!;
    public TransactionEnv Transaction;
    public UInt256 BlobBaseFee;

    /// <summary>The limits of the run beyond gas.</summary>
    public RunLimits Limits = RunLimits.None;

    /// <summary>The limit that was reached; it ends the run with all its frames.</summary>
    public RunLimit Exceeded;

    /// <summary>Beneficiary of the last SELFDESTRUCT, for the tracer.</summary>
    public Address Beneficiary;

    /// <summary>Balance transferred by the last SELFDESTRUCT in wei, for the tracer.</summary>
    public UInt256 SelfDestructBalance;

    public ReturnBuffer ReturnData { get; } = new();

    public FrameRequest Request { get; } = new();

    /// <summary>Ensures capacity for the stack of a frame.</summary>
    public void ReserveStack(int stackBase)
    {
        if (stackBase + FrontierGas.MaxStackWords >= Stack.Length)
        {
            Array.Resize(ref Stack, Stack.Length * 2);
        }
    }

    /// <summary>Releases memory that only an unusual run needed.</summary>
    public void TrimMemory()
    {
        if (Memory.Length > KeptMemoryBytes)
        {
            Memory = new byte[FirstMemoryBytes];
        }
    }

    /// <summary>Ensures memory capacity up to <paramref name="end"/>, exclusive; false beyond the run's limit or <see cref="MaxMemoryBytes"/>.</summary>
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
