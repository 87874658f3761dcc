using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Pools.Ticks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Book;

/// <summary>What the events of a pool's own contract do to its state.</summary>
internal static class PoolLogs
{
    private const int TickTopicBits = 24;

    private static readonly (Hash256 Topic, PoolLogKind Kind)[] s_kinds =
    [
        .. new[]
        {
            ("Sync(uint112,uint112)", PoolLogKind.Sync),
            ("Initialize(uint160,int24)", PoolLogKind.Initialize),
            ("Swap(address,address,int256,int256,uint160,uint128,int24)", PoolLogKind.Swap),
            ("Mint(address,address,int24,int24,uint128,uint256,uint256)", PoolLogKind.Mint),
            ("Burn(address,int24,int24,uint128,uint256,uint256)", PoolLogKind.Burn),
            ("Swap(address,uint256,uint256,uint256,uint256,address)", PoolLogKind.PairSwap),
            ("Mint(address,uint256,uint256)", PoolLogKind.Harmless),
            ("Burn(address,uint256,uint256,address)", PoolLogKind.Harmless),
            ("Transfer(address,address,uint256)", PoolLogKind.Transfer),
            ("Approval(address,address,uint256)", PoolLogKind.Harmless),
            ("Collect(address,address,int24,int24,uint128,uint128)", PoolLogKind.Harmless),
            ("CollectProtocol(address,address,uint128,uint128)", PoolLogKind.Harmless),
            ("Flash(address,address,uint256,uint256,uint256,uint256)", PoolLogKind.Harmless),
            ("SetFeeProtocol(uint8,uint8,uint8,uint8)", PoolLogKind.Harmless), // taken out of the fee, which stays
            ("IncreaseObservationCardinalityNext(uint16,uint16)", PoolLogKind.Harmless),
        }.Select(static named => (Keccak256.Hash(Encoding.ASCII.GetBytes(named.Item1)), named.Item2)).OrderBy(static named => named.Item1),
    ];

    private static readonly Hash256[] s_topics = Array.ConvertAll(s_kinds, static named => named.Topic);

    /// <summary>The kind of an event by its first topic.</summary>
    public static PoolLogKind KindOf(in Hash256 topic)
    {
        int place = Array.BinarySearch(s_topics, topic);
        return place >= 0 ? s_kinds[place].Kind : PoolLogKind.Unknown;
    }

    /// <summary>The state after an event.</summary>
    /// <returns>Null if the event does not fit the state, or leaves what is tracked of it.</returns>
    public static PoolState? Apply(PoolState state, PoolLogKind kind, in TxLogView log) => (state, kind) switch
    {
        (_, PoolLogKind.Harmless or PoolLogKind.Transfer or PoolLogKind.PairSwap) => state,
        (PairState, PoolLogKind.Sync) when log.Data.Length == 2 * UInt256.Size => Kept(new PairState(Word(log, 0), Word(log, 1))),
        (TicksState ticks, PoolLogKind.Swap) when log.Data.Length == 5 * UInt256.Size => Swapped(ticks, log),
        (TicksState ticks, PoolLogKind.Mint) when log.Data.Length == 4 * UInt256.Size && log.TopicCount == 4 => Moved(ticks, log, Word(log, 1), isMint: true),
        (TicksState ticks, PoolLogKind.Burn) when log.Data.Length == 3 * UInt256.Size && log.TopicCount == 4 => Moved(ticks, log, Word(log, 0), isMint: false),
        _ => null,
    };

    /// <summary>A word of an event's data.</summary>
    public static UInt256 Word(in TxLogView log, int index) => UInt256.FromBigEndian(log.Data.Slice(index * UInt256.Size, UInt256.Size));

    private static PairState? Kept(PairState state) =>
        state.Reserve0.BitLength <= PairSlots.ReserveBits && state.Reserve1.BitLength <= PairSlots.ReserveBits ? state : null;

    private static TicksState? Swapped(TicksState state, in TxLogView log)
    {
        int tick = (int)WordField.ReadSigned(Word(log, 4), 0, TickTopicBits);
        return state.Ledger.Tracks(tick) ? TicksState.Of(new TickState(Word(log, 2), tick, Word(log, 3)), state.Ledger) : null;
    }

    private static TicksState? Moved(TicksState state, in TxLogView log, in UInt256 liquidity, bool isMint)
    {
        if (liquidity.BitLength >= TickSlots.LiquidityBits)
        {
            return null;
        }

        var amount = (Int128)WordField.ToUInt128(liquidity);
        if (amount == 0)
        {
            return state;
        }

        amount = isMint ? amount : -amount;
        var (lower, upper) = (TickOf(log, 2), TickOf(log, 3));
        if (state.Ledger.With(lower, amount, isLower: true)?.With(upper, amount, isLower: false) is not { } ledger)
        {
            return null;
        }

        bool isInRange = lower <= state.Current.Tick && state.Current.Tick < upper;
        if (!isInRange)
        {
            return state with { Ledger = ledger };
        }

        if (!isMint && state.Current.Liquidity < liquidity)
        {
            return null;
        }

        var inRange = isMint ? state.Current.Liquidity + liquidity : state.Current.Liquidity - liquidity;
        return inRange.BitLength <= TickSlots.LiquidityBits ? new TicksState(state.Current with { Liquidity = inRange }, ledger) : null;
    }

    private static int TickOf(in TxLogView log, int topic)
    {
        Span<byte> word = stackalloc byte[Hash256.Size];
        log.Topic(topic).CopyTo(word);
        return (int)WordField.ReadSigned(UInt256.FromBigEndian(word), 0, TickTopicBits);
    }
}
