using Mempulse.Features.Book;
using Mempulse.Features.Liquidations.Aave;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Markets;

/// <summary>An account that borrowed in a market. An event that names it makes its state unknown until it is read anew.</summary>
internal sealed class AccountEntry(PoolKey key) : StateEntry, IKeyed<PoolKey>, IListed
{
    public const byte EntryTag = 0x53;

    private LendingAccount? _current;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public PoolKey Key { get; } = key;

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    /// <summary>The account.</summary>
    public Address Account { get; } = MarketKey.PartOf(key);

    /// <summary>True while its state is known.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>The block at which it was read.</summary>
    public BlockNumber ReadAt { get; private set; }

    /// <summary>True if the values were proven.</summary>
    public bool IsProven { get; private set; }

    public AccountState State { get; private set; } = AccountState.Unknown;

    /// <summary>Its state if the market is one of Compound V3; null while that is not known.</summary>
    public CompoundAccount? Compound { get; private set; }

    /// <summary>What strategies see; only while it is held.</summary>
    public LendingAccount Current => _current ??= new LendingAccount(Account, State.Holdings, State.Category);

    /// <summary>Takes what was read.</summary>
    public void Observe(AccountState state, BlockNumber at, bool isProven) => (State, ReadAt, IsProven, IsHeld, _current) = (state, at, isProven, true, null);

    /// <summary>Takes what was read of an account of Compound V3.</summary>
    public void Observe(CompoundAccount state, BlockNumber at, bool isProven) => (Compound, ReadAt, IsProven, IsHeld) = (state, at, isProven, true);

    /// <summary>Nothing is known any more: it is to be read.</summary>
    public void Forget() => (State, Compound, ReadAt, IsProven, IsHeld, _current) = (AccountState.Unknown, null, default, false, false, null);

    /// <summary>What the storage has to be, by contracts.</summary>
    public IEnumerable<(Address Contract, SlotExpectation Slot)> Expectations(IReadOnlyList<ReserveTokens> reserves) =>
        Compound is { } account ? CompoundReading.Expectations(Key.Contract, account, reserves) : AaveExpectations(reserves);

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key.Contract);
        writer.Write(Key.Id);
        writer.Write(ListOrdinal);
        writer.Write(IsHeld);
        writer.Write(ReadAt.Value);
        writer.Write(IsProven);
        writer.Write(Compound is not null);
        if (Compound is { } account)
        {
            CompoundReading.Encode(account, writer);
            return;
        }

        writer.Write(State.Uses);
        writer.Write(State.CategoryNumber);
        writer.Write(State.CategoryWord);
        writer.WriteCount(State.Holdings.Count);
        foreach (var holding in State.Holdings)
        {
            writer.WriteCount(holding.Reserve);
            writer.Write((byte)holding.Use);
            writer.Write(holding.ScaledSupply);
            writer.Write(holding.ScaledDebt);
        }
    }

    public static AccountEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var entry = new AccountEntry(new PoolKey(reader.ReadAddress(), reader.ReadHash()))
        {
            ListOrdinal = reader.ReadUInt64(),
            IsHeld = reader.ReadBoolean(),
            ReadAt = new BlockNumber(reader.ReadUInt64()),
            IsProven = reader.ReadBoolean(),
        };
        if (reader.ReadBoolean())
        {
            entry.Compound = CompoundReading.Decode(entry.Account, ref reader);
            return entry;
        }

        var (uses, number, category) = (reader.ReadUInt256(), reader.ReadUInt64(), reader.ReadUInt256());
        var holdings = new AaveHolding[reader.ReadCount()];
        for (int i = 0; i < holdings.Length; i++)
        {
            holdings[i] = new AaveHolding(reader.ReadInt32(), reader.ReadEnum(AaveUses.Debt | AaveUses.Collateral), reader.ReadUInt256(), reader.ReadUInt256());
        }

        entry.State = new AccountState(uses, number, category, holdings);
        return entry;
    }

    private IEnumerable<(Address Contract, SlotExpectation Slot)> AaveExpectations(IReadOnlyList<ReserveTokens> reserves)
    {
        yield return (Key.Contract, new SlotExpectation(AaveSlots.Account(Account), 256, State.Uses));
        yield return (Key.Contract, new SlotExpectation(AaveSlots.AccountCategory(Account), AaveSlots.CategoryBits, State.CategoryNumber));
        if (State.CategoryNumber != 0)
        {
            yield return (Key.Contract, new SlotExpectation(AaveSlots.Category(State.CategoryNumber), 256, State.CategoryWord));
        }

        foreach (var holding in State.Holdings)
        {
            if (holding.Reserve < reserves.Count && !reserves[holding.Reserve].IsEmpty)
            {
                if (holding.Use.HasFlag(AaveUses.Collateral))
                {
                    yield return (reserves[holding.Reserve].Supply, new SlotExpectation(AaveSlots.SupplyBalance(Account), AaveSlots.BalanceBits, holding.ScaledSupply));
                }

                if (holding.Use.HasFlag(AaveUses.Debt))
                {
                    yield return (reserves[holding.Reserve].Debt, new SlotExpectation(AaveSlots.DebtBalance(Account), AaveSlots.BalanceBits, holding.ScaledDebt));
                }
            }
        }
    }
}
