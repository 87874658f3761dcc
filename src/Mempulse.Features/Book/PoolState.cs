using Mempulse.Features.Pools;
using Mempulse.Features.Registry;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Book;

/// <summary>The state of a pool after a block. Immutable.</summary>
internal abstract record PoolState
{
    /// <summary>What a swap does.</summary>
    public abstract IPool ToPool(in PoolTier tier);

    /// <summary>What the storage has to be, where it is the state alone.</summary>
    /// <param name="draw">Which part is held against the storage, of a state that is too large for one sample: any number.</param>
    public abstract IReadOnlyList<SlotExpectation> Expectations(uint draw);

    public abstract void Encode(EntryWriter writer);

    public static PoolState Decode(PoolForm form, ref EntryReader reader) => form == PoolForm.Pair ? PairState.Decode(ref reader) : TicksState.Decode(ref reader);
}
