namespace Mempulse.Sim.Requests;

/// <summary>The position of a bundle in its block.</summary>
public enum BlockStart
{
    /// <summary>After the start: the state already contains the block's system calls.</summary>
    Begun = 0,

    /// <summary>At the start: the system calls (EIP-4788, EIP-2935) run before the first transaction.</summary>
    SystemCalls = 1,
}
