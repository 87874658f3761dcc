using Mempulse.Primitives;

namespace Mempulse.Outcomes.Traces;

/// <summary>Attributes by which a span leads back to the log.</summary>
internal static class SpanKeys
{
    /// <summary>The record that makes the span.</summary>
    public static SpanField Seq(GlobalSeq seq) => SpanField.Number("mempulse.seq", seq.Value);

    /// <summary>The record that ends the span, where that is another one.</summary>
    public static SpanField LastSeq(GlobalSeq seq) => SpanField.Number("mempulse.last_seq", seq.Value);
}
