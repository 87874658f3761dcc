using Mempulse.ChainState;
using Mempulse.Features.Markets;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Books;

/// <summary>A market or an account that is being read.</summary>
/// <param name="account">The account; the zero address for a market.</param>
/// <param name="missing">What is still to be read, as far as the known slots tell.</param>
internal sealed class SlotReading(Address account, Func<MarketValues, IReadOnlyList<SlotOf>> missing)
{
    private readonly List<ContractSlot> _slots = [];

    public Address Account => account;

    public MarketValues Known { get; } = new();

    public IReadOnlyList<ContractSlot> Slots => _slots;

    public IReadOnlyList<SlotOf> Missing() => missing(Known);

    /// <summary>Takes what was fetched; false if a slot was not.</summary>
    public bool Take(IBlockState state)
    {
        foreach (var slot in Missing())
        {
            if (!SlotFetch.TryRead(state, slot.Contract, slot.Slot, out var value))
            {
                return false;
            }

            var observed = new ContractSlot(slot.Contract, new ObservedSlot(slot.Slot, value));
            Known.Set(observed);
            _slots.Add(observed);
        }

        return true;
    }
}
