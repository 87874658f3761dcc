using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>A block with its complete post-state, on which its children are executed.</summary>
/// <param name="Header">The block's header.</param>
/// <param name="State">The post-state.</param>
/// <param name="Parent">The parent block; null for the genesis block.</param>
internal sealed record ChainPoint(BlockHeader Header, PreState State, ChainPoint? Parent) : IStateReader, IStateRootSource
{
    public Hash256 Hash { get; } = Header.ComputeHash();

    /// <summary>Sum of the difficulties of this block and all its ancestors.</summary>
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
