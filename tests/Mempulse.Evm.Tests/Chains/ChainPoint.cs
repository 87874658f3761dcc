using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>A block with the whole state after it, on which its children are executed.</summary>
/// <param name="Header">Its header.</param>
/// <param name="State">The accounts after it.</param>
/// <param name="Parent">The block before it; null for the genesis.</param>
internal sealed record ChainPoint(BlockHeader Header, PreState State, ChainPoint? Parent) : IStateReader, IStateRootSource
{
    public Hash256 Hash { get; } = Header.ComputeHash();

    /// <summary>The difficulties of it and of all blocks before it.</summary>
    public UInt256 TotalDifficulty { get; } = (Parent?.TotalDifficulty ?? default) + Header.Difficulty;

    public ReadOutcome ReadAccount(in Address address, out AccountRecord account) => State.ReadAccount(address, out account);

    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value) => State.ReadStorage(address, slot, out value);

    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code) => State.ReadCode(address, codeHash, out code);

    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash)
    {
        var block = this;
        while (block is not null && block.Header.Number.Value != number)
        {
            block = block.Parent;
        }

        hash = block?.Hash ?? default;
        return block is null ? ReadOutcome.Missing : ReadOutcome.Found;
    }

    public bool TryComputeRoot(WorldState state, out Hash256 root)
    {
        root = PostState.Root(State, state);
        return true;
    }
}
