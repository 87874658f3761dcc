using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Contracts;

namespace Mempulse.Features.Tests.Markets;

/// <summary>The storage of a pool of Aave V3 and its tokens, by the numbers of its slots.</summary>
internal sealed class AaveStorage(Address pool)
{
    public const ulong Time = 1_000;

    private readonly List<ContractSlot> _pool = [];
    private readonly Dictionary<Address, List<ContractSlot>> _accounts = [];
    private readonly List<ObservedPrice> _prices = [];
    private int _reserves;

    public static UInt256 Ray { get; } = (UInt256)1_000_000_000_000_000_000 * 1_000_000_000;

    /// <summary>The slots of the pool, with revision and number of reserves.</summary>
    public IReadOnlyList<ContractSlot> Pool(ulong revision) => [Slot(pool, 0, revision), Slot(pool, 59, (UInt256)(ulong)_reserves * (1UL << 32) * (1UL << 32)), .. _pool];

    public IReadOnlyList<ObservedPrice> Prices => _prices;

    public IReadOnlyList<ContractSlot> Of(Address account) => _accounts[account];

    /// <summary>Adds a reserve at the next place, with indexes of one and without interest.</summary>
    public AaveStorage Reserve(Address token, Address supply, Address debt, int decimals, ulong threshold, ulong bonus, UInt256 price, Address feed = default, ulong flags = 1, ulong fee = 0)
    {
        int place = _reserves++;
        _pool.Add(Slot(pool, CallData.Slot((ulong)place, 54), CallData.Word(token)));
        var configuration = Fields((threshold, 0), (threshold, 16), (bonus, 32), ((ulong)decimals, 48), (flags, 56), (fee, 152), (1, 252));
        UInt256[] words = [configuration, Ray, Ray, Fields((Time, 128), ((ulong)place, 168)), CallData.Word(supply), 0, CallData.Word(debt)];
        for (int i = 0; i < words.Length; i++)
        {
            if (i != 5)
            {
                _pool.Add(Slot(pool, CallData.Slot(CallData.Word(token), 52) + (ulong)i, words[i]));
            }
        }

        _prices.Add(new ObservedPrice(token, price, feed));
        return this;
    }

    /// <summary>Adds an account: for each reserve what it supplied as collateral and what it owes, both in the smallest unit.</summary>
    public AaveStorage Account(Address account, params (int Place, Address Supply, UInt256 Supplied, Address Debt, UInt256 Owed)[] holdings)
    {
        UInt256 uses = 0;
        var slots = new List<ContractSlot>();
        foreach (var holding in holdings)
        {
            uses += Fields((holding.Owed.IsZero ? 0UL : 1, 2 * holding.Place), (holding.Supplied.IsZero ? 0UL : 1, (2 * holding.Place) + 1));
            if (!holding.Supplied.IsZero)
            {
                slots.Add(Slot(holding.Supply, CallData.Slot(CallData.Word(account), 52), holding.Supplied + Fields((7, 120), (9, 128)))); // above the balance: a mode and an index
            }

            if (!holding.Owed.IsZero)
            {
                slots.Add(Slot(holding.Debt, CallData.Slot(CallData.Word(account), 56), holding.Owed + Fields((9, 128))));
            }
        }

        _accounts[account] = [Slot(pool, CallData.Slot(CallData.Word(account), 53), uses), Slot(pool, CallData.Slot(CallData.Word(account), 56), 0), .. slots];
        return this;
    }

    /// <summary>Puts an account that was added into an efficiency mode with these terms.</summary>
    public AaveStorage Mode(Address account, ulong mode, UInt256 terms)
    {
        var slots = _accounts[account];
        slots[1] = Slot(pool, slots[1].Stored.Slot, mode);
        slots.Insert(2, Slot(pool, CallData.Slot(mode, 55), terms));
        return this;
    }

    public static UInt256 Fields(params (ulong Value, int At)[] fields)
    {
        var word = UInt256.Zero;
        foreach (var (value, at) in fields)
        {
            UInt256.ShiftLeft(value, at, out var placed);
            word += placed;
        }

        return word;
    }

    private static ContractSlot Slot(Address contract, UInt256 slot, UInt256 value) => new(contract, new ObservedSlot(slot, value));
}
