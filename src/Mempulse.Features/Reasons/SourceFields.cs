using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Features.Reasons;

/// <summary>A source as fields.</summary>
internal readonly record struct SourceFields(SeenSource Source) : IFieldGroup
{
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Number("source", Source.Source.Value);
        fields.Text("name", Source.Name);
        fields.Flag("isConnected", Source.IsConnected);
        fields.NullableNumber("firstConnectedAt", Source.FirstConnectedAt is { } at ? TxStandingCodec.Of(at) : null);
        fields.Number("sightings", Source.Sightings);
    }

    public static SeenSource Read(ref PayloadReader fields) => new(
        new SourceId(fields.Number()),
        fields.Text(),
        fields.Flag(),
        fields.NullableNumber() is { } at ? TxStandingCodec.Time(at) : null,
        fields.Number());
}
