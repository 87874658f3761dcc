using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Book;

/// <summary>Slots of one contract whose values are known.</summary>
public sealed class SlotValues
{
    private readonly SortedDictionary<UInt256, UInt256> _values = [];

    /// <summary>Knows nothing.</summary>
    public SlotValues()
    {
    }

    /// <summary>Knows what was observed.</summary>
    public SlotValues(IReadOnlyList<ObservedSlot> observed)
    {
        ArgumentNullException.ThrowIfNull(observed);
        foreach (var slot in observed)
        {
            Set(slot);
        }
    }

    /// <summary>Number of slots.</summary>
    public int Count => _values.Count;

    /// <summary>Adds a slot, or replaces its value.</summary>
    public void Set(ObservedSlot slot) => _values[slot.Slot] = slot.Value;

    /// <summary>The value of a slot.</summary>
    public bool TryGet(in UInt256 slot, out UInt256 value) => _values.TryGetValue(slot, out value);
}
