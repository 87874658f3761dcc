namespace Mempulse.Primitives.Encoding;

/// <summary>Something with fields: an event, or an item of a list in one.</summary>
public interface IFieldGroup
{
    /// <summary>Writes every field that is not a key of the record, in the order of the payload keys.</summary>
    void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct;
}
