using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Markets;

/// <summary>Slots of several contracts whose values are known.</summary>
public sealed class MarketValues
{
    private readonly SortedDictionary<(Address Contract, UInt256 Slot), UInt256> _values = [];

    /// <summary>Knows nothing.</summary>
    public MarketValues()
    {
    }

    /// <summary>Knows what was observed.</summary>
    public MarketValues(IReadOnlyList<ContractSlot> observed)
    {
        ArgumentNullException.ThrowIfNull(observed);
        foreach (var slot in observed)
        {
            Set(slot);
        }
    }

    /// <summary>Adds a slot, or replaces its value.</summary>
    public void Set(ContractSlot slot) => _values[(slot.Contract, slot.Stored.Slot)] = slot.Stored.Value;

    /// <summary>The value of a slot.</summary>
    public bool TryGet(in Address contract, in UInt256 slot, out UInt256 value) => _values.TryGetValue((contract, slot), out value);

    /// <summary>The value of a slot that is known.</summary>
    internal UInt256 this[in Address contract, in UInt256 slot] => _values[(contract, slot)];

    /// <summary>Lists a slot if it is not known.</summary>
    internal bool IsKnown(in Address contract, in UInt256 slot, List<SlotOf> missing)
    {
        bool isKnown = _values.ContainsKey((contract, slot));
        if (!isKnown)
        {
            missing.Add(new SlotOf(contract, slot));
        }

        return isKnown;
    }
}
