using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;

namespace Mempulse.Features.Reasons;

/// <summary>A gap as fields.</summary>
internal readonly record struct GapFields(ObservationGap Gap) : IFieldGroup
{
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Code("kind", Gap.Kind);
        fields.Number("source", Gap.Source.Value);
        fields.Text("name", Gap.Name);
        fields.Number("from", TxStandingCodec.Of(Gap.From));
        fields.NullableNumber("to", Gap.To is { } end ? TxStandingCodec.Of(end) : null);
        fields.Number("count", Gap.Count);
        fields.Code("reason", Gap.Reason);
        fields.Code("dialFailure", Gap.DialFailure);
    }

    public static ObservationGap Read(ref PayloadReader fields) => new(
        (GapKind)fields.Code(),
        new SourceId(fields.Number()),
        fields.Text(),
        TxStandingCodec.Time(fields.Number()),
        fields.NullableNumber() is { } end ? TxStandingCodec.Time(end) : null,
        fields.Number(),
        (SourceLossReason)fields.Code(),
        (DialFailureReason)fields.Code());
}
