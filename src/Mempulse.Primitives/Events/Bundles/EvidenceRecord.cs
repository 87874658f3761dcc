using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>A record of the log that a verdict rests on.</summary>
/// <param name="Seq">Its position.</param>
public readonly record struct EvidenceRecord(GlobalSeq Seq) : IFieldGroup
{
    /// <inheritdoc/>
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct => fields.Number("seq", Seq.Value);

    internal static EvidenceRecord Read(ref PayloadReader fields) => new(new GlobalSeq(fields.Number()));
}
