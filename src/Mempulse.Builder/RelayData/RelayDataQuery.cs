using System.Globalization;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.RelayData;

/// <summary>A question to a relay's data API: about one slot, or about slots from a cursor downwards, never both.</summary>
/// <remarks>flashbots/relay-specs, "Data". Only delivered blocks have a cursor.</remarks>
public sealed record RelayDataQuery
{
    /// <summary>Most entries that are asked for and accepted, inclusive.</summary>
    public const int MaxLimit = 500;

    private RelayDataQuery(RelayDataKind kind, ulong? slot, ulong? cursor, int limit)
    {
        Kind = kind;
        Slot = slot;
        Cursor = cursor;
        Limit = limit;
    }

    /// <summary>What is asked.</summary>
    public RelayDataKind Kind { get; }

    /// <summary>The one slot; null with a cursor.</summary>
    public ulong? Slot { get; }

    /// <summary>The highest slot, inclusive; null with a slot.</summary>
    public ulong? Cursor { get; }

    /// <summary>Most entries of the answer, inclusive.</summary>
    public int Limit { get; }

    /// <summary>What was delivered in one slot.</summary>
    public static RelayDataQuery DeliveredAt(ulong slot) => new(RelayDataKind.Delivered, slot, cursor: null, MaxLimit);

    /// <summary>What was delivered at a slot and before it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to <see cref="MaxLimit"/>.</exception>
    public static RelayDataQuery DeliveredUpTo(ulong cursor, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        return new(RelayDataKind.Delivered, slot: null, cursor, limit);
    }

    /// <summary>What was submitted for one slot.</summary>
    public static RelayDataQuery ReceivedAt(ulong slot) => new(RelayDataKind.Received, slot, cursor: null, MaxLimit);

    /// <summary>The path and query under a relay's address.</summary>
    internal string Path() => string.Create(
        CultureInfo.InvariantCulture,
        $"relay/v1/data/bidtraces/{(Kind == RelayDataKind.Delivered ? "proposer_payload_delivered" : "builder_blocks_received")}?{(Slot is { } slot ? $"slot={slot}" : $"cursor={Cursor}")}&limit={Limit}");
}
