using System.Runtime.CompilerServices;
using Mempulse.Features.Book;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Entries;
using Mempulse.Testing.Pools;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Book;

/// <summary>What a block changed of a pool is kept, not the pool as it was, and leads back to every state that a reorg can restore.</summary>
public sealed class PoolChangeTests
{
    private const int Spacing = 1;
    private const int Blocks = 64;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_state_comes_back_that_a_pool_had(ulong seed)
    {
        var random = new PoolRandom(seed);
        var pool = Pool(Ticks(random, 40));
        var states = new List<PoolState> { pool.State! };
        for (int i = 1; i <= Blocks; i++)
        {
            if (random.OneIn(3))
            {
                states.Add(states[^1]); // nothing happened in this block
                continue;
            }

            pool.Move(Moved(random, (TicksState)pool.State!), At(i), final: null);
            states.Add(pool.State!);
        }

        for (int left = Blocks; left > 0; left -= random.Between(1, 9))
        {
            pool.Undo(At(left));
            AssertSame(states[left - 1], pool.State!);
            pool = Restored(pool);
        }

        pool.Undo(At(0));
        Assert.Equal(PoolStanding.Wanted, pool.Standing);
    }

    [Fact]
    public void A_busy_pool_of_many_ticks_takes_the_room_of_its_changes()
    {
        var random = new PoolRandom(7);
        var pool = Pool(Ticks(random, TickLedger.MaxTicks / 2));
        int alone = BytesOf(pool);

        for (int i = 1; i <= Blocks; i++)
        {
            pool.Move(Moved(random, (TicksState)pool.State!), At(i), final: null);
        }

        int perBlock = (BytesOf(pool) - alone) / Blocks;
        Assert.True(perBlock < 400, $"a block takes {perBlock} bytes beside {alone} of the pool"); // a few ticks, price, tick and liquidity
        Assert.Equal(Blocks, pool.UndoCount);
    }

    [Fact]
    public void No_state_that_it_had_is_held_in_memory()
    {
        var pool = Pool(Ticks(new PoolRandom(8), TickLedger.MaxTicks / 2));

        var before = MoveThrough(pool);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.Equal(Blocks, before.Count);
        Assert.DoesNotContain(before, static state => state.TryGetTarget(out _));
        Assert.Equal(Blocks, pool.UndoCount);
    }

    [Fact]
    public void Changes_of_blocks_that_are_final_are_dropped()
    {
        var random = new PoolRandom(9);
        var pool = Pool(Ticks(random, 10));
        for (int i = 1; i <= Blocks; i++)
        {
            pool.Move(Moved(random, (TicksState)pool.State!), At(i), final: i > 4 ? At(i - 4) : null);
        }

        Assert.Equal(4, pool.UndoCount);
    }

    [Fact]
    public void A_tick_that_went_wrong_is_held_against_the_storage_at_some_block()
    {
        var right = new TickLedger(Spacing, -2, 2, [new TickLiquidity(-300, 5, 5), new TickLiquidity(10, 7, 7), new TickLiquidity(400, 12, -12)]);
        var wrong = new TickLedger(Spacing, -2, 2, [new TickLiquidity(-300, 5, 5), new TickLiquidity(10, 7, 7), new TickLiquidity(401, 12, -12)]);
        var less = new TickLedger(Spacing, -2, 2, [new TickLiquidity(-300, 5, 5), new TickLiquidity(10, 6, 6), new TickLiquidity(400, 12, -12)]);
        var missing = new TickLedger(Spacing, -2, 2, [new TickLiquidity(-300, 5, 5), new TickLiquidity(10, 7, 7)]);
        var current = new TickState(TickMath.SqrtPriceAt(20), 20, 12);
        var storage = Storage(right);

        Assert.All(Enumerable.Range(0, 30), draw => Assert.True(IsMet(new TicksState(current, right), storage, (uint)draw)));
        Assert.Contains(Enumerable.Range(0, 30), draw => !IsMet(new TicksState(current, wrong), storage, (uint)draw));
        Assert.Contains(Enumerable.Range(0, 30), draw => !IsMet(new TicksState(current, missing), storage, (uint)draw));
        Assert.Contains(Enumerable.Range(0, 30), draw => !IsMet(new TicksState(current, less), storage, (uint)draw));
    }

    /// <summary>Moves a pool block by block, and returns the ticks that it had before each.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // or a local would hold them
    private static List<WeakReference<TickLedger>> MoveThrough(PoolEntry pool)
    {
        var (random, before) = (new PoolRandom(8), new List<WeakReference<TickLedger>>());
        for (int i = 1; i <= Blocks; i++)
        {
            var state = (TicksState)pool.State!;
            before.Add(new WeakReference<TickLedger>(state.Ledger));
            int lower = random.Between(-1_900, 0);
            pool.Move(new TicksState(state.Current, state.Ledger.With(lower, 5, isLower: true)!.With(lower + 50, 5, isLower: false)!), At(i), final: null);
        }

        return before;
    }

    /// <summary>The words and ticks of a ledger as the contract stores them.</summary>
    private static SortedDictionary<UInt256, UInt256> Storage(TickLedger ledger)
    {
        var storage = new SortedDictionary<UInt256, UInt256>();
        for (int word = ledger.FirstWord; word <= ledger.LastWord; word++)
        {
            storage[TickSlots.WordSlot(word)] = UInt256.Zero;
        }

        foreach (var tick in ledger.Ticks)
        {
            var word = TickSlots.WordSlot(tick.Tick >> 8);
            storage[word] += WordField.Place(UInt256.One, tick.Tick & 255);
            storage[TickSlots.TickSlot(tick.Tick)] = WordField.OfUInt128(tick.Gross) + WordField.Place(WordField.OfUInt128(unchecked((UInt128)tick.Net)), 128);
        }

        return storage;
    }

    private static bool IsMet(TicksState state, SortedDictionary<UInt256, UInt256> storage, uint draw) =>
        state.Expectations(draw).Where(static slot => slot.Slot != TickSlots.Price && slot.Slot != TickSlots.Liquidity).All(slot => slot.IsMetBy(storage.GetValueOrDefault(slot.Slot)));

    private static BlockNumber At(int block) => new((ulong)(1_000 + block));

    private static PoolEntry Pool(TicksState state)
    {
        var pool = new PoolEntry(new PoolDescriptor(PoolKey.Of(Named.Account("pool")), "p", PoolForm.Ticks, TokenPair.Of(Named.Account("a"), Named.Account("b")), new PoolTier(500, 1_000_000, Spacing)));
        pool.Observe(state, At(0), isProven: true);
        return pool;
    }

    private static TicksState Ticks(PoolRandom random, int count)
    {
        var ticks = Enumerable.Range(-2_000, 4_000).OrderBy(_ => random.Below(1_000_000)).Take(count).Order().Select(static tick => new TickLiquidity(tick, 1_000, 10)).ToArray();
        return new TicksState(new TickState(TickMath.SqrtPriceAt(0), 0, 1_000_000), new TickLedger(Spacing, -8, 8, ticks));
    }

    /// <summary>A swap, or liquidity that comes between two ticks or leaves one of them.</summary>
    private static TicksState Moved(PoolRandom random, TicksState state)
    {
        int tick = random.Between(-500, 500);
        var missing = new TickLedger(Spacing, -2, 2, [new TickLiquidity(-300, 5, 5), new TickLiquidity(10, 7, 7)]);
        var current = new TickState(TickMath.SqrtPriceAt(tick), tick, (ulong)random.Between(1, 1_000_000));
        if (random.OneIn(4))
        {
            return new TicksState(current, state.Ledger);
        }

        int lower = random.Between(-1_900, 0);
        var ledger = state.Ledger.With(lower, random.Between(1, 500), isLower: true)!;
        var leaving = ledger.Ticks[random.Below(ledger.Ticks.Length)];
        return new TicksState(current, random.OneIn(2) ? ledger.With(leaving.Tick, -(Int128)leaving.Gross, isLower: true)! : ledger.With(random.Between(1, 1_900), random.Between(1, 500), isLower: false)!);
    }

    private static int BytesOf(PoolEntry pool)
    {
        var buffer = new ByteBuffer();
        pool.Encode(new EntryWriter(buffer));
        return buffer.Length;
    }

    private static PoolEntry Restored(PoolEntry pool)
    {
        var buffer = new ByteBuffer();
        var writer = new EntryWriter(buffer);
        writer.Write(pool.Tag);
        pool.Encode(writer);
        var reader = new EntryReader(buffer.WrittenSpan);
        var restored = PoolEntry.Decode(ref reader);
        Assert.True(reader.AtEnd);
        return restored;
    }

    private static void AssertSame(PoolState expected, PoolState found)
    {
        var (one, other) = (Assert.IsType<TicksState>(expected), Assert.IsType<TicksState>(found));
        Assert.Equal(one.Current, other.Current);
        Assert.Equal(one.Ledger.Ticks.ToArray(), other.Ledger.Ticks.ToArray());
    }
}
