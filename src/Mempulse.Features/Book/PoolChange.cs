using System.Diagnostics;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Features.Registry;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Book;

/// <summary>The difference between two states of a pool, as large as what changed and not as the pool. Immutable.</summary>
internal abstract record PoolChange
{
    private PoolChange()
    {
    }

    /// <summary>The difference that leads back from one state to the one before.</summary>
    public static PoolChange Between(PoolState before, PoolState after) => (before, after) switch
    {
        (PairState pair, PairState) => new OfPair(pair),
        (TicksState ticks, TicksState moved) => new OfTicks(ticks.Current, ticks.Ledger.ChangedIn(moved.Ledger)),
        _ => throw new UnreachableException($"A pool changed from {before.GetType()} to {after.GetType()}."),
    };

    /// <summary>The state before.</summary>
    public abstract PoolState Before(PoolState after);

    public abstract void Encode(EntryWriter writer);

    public static PoolChange Decode(PoolForm form, ref EntryReader reader) => form == PoolForm.Pair ? OfPair.Decode(ref reader) : OfTicks.Decode(ref reader);

    /// <summary>A change of a pair.</summary>
    /// <param name="Reserves">The reserves before.</param>
    public sealed record OfPair(PairState Reserves) : PoolChange
    {
        public override PoolState Before(PoolState after) => Reserves;

        public override void Encode(EntryWriter writer) => Reserves.Encode(writer);

        public static OfPair Decode(ref EntryReader reader) => new(PairState.Decode(ref reader));
    }

    /// <summary>A change of a pool of ticks.</summary>
    /// <param name="Current">Price, tick and liquidity before.</param>
    /// <param name="Ticks">The ticks that changed as they were before, in ascending order; without liquidity where a tick was not initialized.</param>
    public sealed record OfTicks(TickState Current, TickLiquidity[] Ticks) : PoolChange
    {
        public override PoolState Before(PoolState after) => new TicksState(Current, ((TicksState)after).Ledger.With(Ticks));

        public override void Encode(EntryWriter writer)
        {
            TicksState.Encode(writer, Current);
            TickLiquidity.EncodeAll(writer, Ticks);
        }

        public static OfTicks Decode(ref EntryReader reader) => new(TicksState.DecodeCurrent(ref reader), TickLiquidity.DecodeAll(ref reader));
    }
}
