using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>The reserves of a pool in a block, as a story states them; without a pool, only that the block is known; with a token but no pool, that every pool is set aside.</summary>
internal sealed record PoolStated(Hash256 Block, BlockNumber Number, Address Pool, Address First, Address Second, UInt256 FirstReserve, UInt256 SecondReserve) : LogEvent
{
    public static EventType Type { get; } = new((EventKind)900, nameof(PoolStated), Read);

    public override EventKind Kind => Type.Kind;

    public override EventKeys Keys => EventKeys.Of(EventKey.Block(Block));

    public override void WriteFields<TFields>(ref TFields fields)
    {
        fields.Number("number", Number.Value);
        fields.Address("pool", Pool);
        fields.Address("first", First);
        fields.Address("second", Second);
        fields.Amount("firstReserve", FirstReserve);
        fields.Amount("secondReserve", SecondReserve);
    }

    private static PoolStated Read(in RecordView record, ref PayloadReader fields) => new(
        record.BlockKey, new BlockNumber(fields.Number()), fields.Address(), fields.Address(), fields.Address(), fields.Amount(), fields.Amount());
}
