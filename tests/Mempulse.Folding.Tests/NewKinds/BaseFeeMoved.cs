using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Tests.NewKinds;

/// <summary>A kind of event in one file of another assembly: a block's base fee differs from the preceding block's.</summary>
/// <param name="Block">The block. It is in the record's keys.</param>
/// <param name="From">The base fee before.</param>
/// <param name="To">Its base fee.</param>
/// <param name="Direction">Whether it rose or fell.</param>
public sealed record BaseFeeMoved(Hash256 Block, Wei From, Wei To, FeeDirection Direction) : LogEvent
{
    /// <summary>Its number in the log.</summary>
    public const EventKind KindNumber = (EventKind)1_001;

    /// <summary>Its entry in the catalog.</summary>
    public static EventType Type { get; } = new(KindNumber, nameof(BaseFeeMoved), Read);

    /// <inheritdoc/>
    public override EventKind Kind => KindNumber;

    /// <inheritdoc/>
    public override EventKeys Keys => EventKeys.Of(EventKey.Block(Block));

    /// <inheritdoc/>
    public override void WriteFields<TFields>(ref TFields fields)
    {
        fields.Amount("from", From.Value);
        fields.Amount("to", To.Value);
        fields.Code("direction", Direction);
    }

    private static BaseFeeMoved Read(in RecordView record, ref PayloadReader fields) =>
        new(record.BlockKey, new Wei(fields.Amount()), new Wei(fields.Amount()), (FeeDirection)fields.Code());
}

/// <summary>The direction of a fee change.</summary>
public enum FeeDirection
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Up.</summary>
    Rose = 1,

    /// <summary>Down.</summary>
    Fell = 2,
}
