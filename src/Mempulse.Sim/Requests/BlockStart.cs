namespace Mempulse.Sim.Requests;

/// <summary>Where in its block a bundle stands.</summary>
public enum BlockStart
{
    /// <summary>The block has begun: its system calls are in the state already.</summary>
    Begun = 0,

    /// <summary>At the start: the system calls (EIP-4788, EIP-2935) are made before the first transaction.</summary>
    SystemCalls = 1,
}
