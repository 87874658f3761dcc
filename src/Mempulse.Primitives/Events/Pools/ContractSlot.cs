using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>A storage slot of one of several contracts, as it is after a block.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Stored">The slot, with its value.</param>
public readonly record struct ContractSlot(Address Contract, ObservedSlot Stored) : IFieldGroup
{
    /// <inheritdoc/>
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        fields.Address("contract", Contract);
        Stored.WriteFields(ref fields);
    }

    internal static ContractSlot Read(ref PayloadReader fields) => new(fields.Address(), ObservedSlot.Read(ref fields));
}
