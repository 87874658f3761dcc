using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>A storage slot of a contract, as it is after a block.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Value">Its value; zero for a slot that was never written.</param>
public readonly record struct ObservedSlot(UInt256 Slot, UInt256 Value) : IFieldGroup
{
    /// <inheritdoc/>
    public void WriteFields<TFields>(ref TFields fields)
        where TFields : IFieldWriter, allows ref struct
    {
        Span<byte> slot = stackalloc byte[Hash256.Size];
        Slot.WriteBigEndian(slot);
        fields.Hash("slot", new Hash256(slot));
        fields.Amount("value", Value);
    }

    internal static ObservedSlot Read(ref PayloadReader fields)
    {
        Span<byte> slot = stackalloc byte[Hash256.Size];
        fields.Hash().CopyTo(slot);
        return new ObservedSlot(UInt256.FromBigEndian(slot), fields.Amount());
    }
}
