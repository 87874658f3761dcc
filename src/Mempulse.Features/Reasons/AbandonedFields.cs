using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Reasons;

/// <summary>A chain that was left beyond finality as fields.</summary>
internal readonly record struct AbandonedFields(AbandonedChain Left) : IFieldGroup
{
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Number("at", TxStandingCodec.Of(Left.At));
        fields.Hash("oldHead", Left.OldHead);
        fields.Number("oldNumber", Left.OldNumber.Value);
        fields.Hash("newHead", Left.NewHead);
        fields.Number("newNumber", Left.NewNumber.Value);
        fields.NullableNumber("commonAncestor", Left.CommonAncestor?.Value);
    }

    public static AbandonedChain Read(ref PayloadReader fields) => new(
        TxStandingCodec.Time(fields.Number()),
        fields.Hash(),
        new BlockNumber(fields.Number()),
        fields.Hash(),
        new BlockNumber(fields.Number()),
        fields.NullableNumber() is { } ancestor ? new BlockNumber(ancestor) : null);
}
