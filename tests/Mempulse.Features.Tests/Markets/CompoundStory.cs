using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Book;
using Mempulse.Features.Markets;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Markets;

/// <summary>A log in which a market of Compound V3 lends dollars against ether and gold, with the derivations of the program.</summary>
public abstract class CompoundStory : MarketStory
{
    protected const ulong Whole = 1_000_000_000_000_000_000;
    protected const ulong Index = 1_000_000_000_000_000;

    private static readonly Hash256 s_withdraw = Keccak256.Hash("Withdraw(address,address,uint256)"u8);

    protected static Address Comet { get; } = Named.Account("comet");
    protected static Address GoldToken { get; } = Named.Account("gold");
    protected static Address GoldFeed { get; } = Named.Account("gold feed");
    protected static Address Eve { get; } = Named.Account("eve");

    protected CompoundStory() => Story.Fact(new LogEvent.RulesLoaded(RuleSet.Registry, Contents.Add($$$"""
        {"format": 1, "wrappedEther": {"1": "{{{EtherToken}}}"},
         "markets": [{"name": "Comet", "protocol": "compound-v3", "form": "compound-v3", "address": "{{{Comet}}}"}]}
        """), 1, "comet.json"));

    /// <summary>Dollars that the market has, and its target of reserves; it lent 50,000 and owes 100,000.</summary>
    protected UInt256 Cash { get; set; } = (UInt256)Dollar * 60_000;

    protected UInt256 Target { get; set; } = (UInt256)Dollar * 1_000_000;

    /// <summary>What the market has of ether beyond what belongs to accounts.</summary>
    protected UInt256 SpareEther { get; set; }

    protected ulong Flags { get; set; }

    protected Address GoldSource { get; set; } = GoldFeed;

    protected UInt256 EtherPrice { get; set; } = (UInt256)2_000 * BaseUnit;

    protected ulong AccruedAt { get; set; } = AaveStorage.Time;

    /// <summary>Rate of borrowers per second, in parts of 10^18.</summary>
    protected ulong BorrowRate { get; set; }

    /// <summary>Reads the market at a block.</summary>
    protected void ObserveComet(string block, Action<List<Hash256>>? change = null)
    {
        // Ether: 80 % count, 90 % are credited, and 60 % of the other 10 % are the buyer's. Gold: 70 %, 80 %.
        var answers = new List<Hash256>([
            Topic(DollarToken), Word(Dollar), Word(Whole / 10 * 6), Word(Target), Word(Whole), Word(0), Word(0), Word(0), Word(Whole), Word(0), Word(0), Word(BorrowRate), Word(Cash),
            Topic(EtherToken), Word(Ether), Word(Whole / 10 * 8), Word(Whole / 10 * 9), Word(((UInt256)Ether * 100) + SpareEther),
            Topic(GoldToken), Word(BaseUnit), Word(Whole / 10 * 7), Word(Whole / 10 * 8), Word((UInt256)BaseUnit * 100)]);
        change?.Invoke(answers);
        Story.Fact(new LogEvent.MarketObserved(
            Named.Block(block),
            NumberOf(block),
            Comet,
            default,
            IsProven: true,
            [
                Slot(CompoundSlots.Indexes, (UInt256)Index + WordField.Place(Index, 64)),
                Slot(CompoundSlots.Totals, AaveStorage.Fields((Dollar * 100_000, 0), (Dollar * 50_000, 104), (AccruedAt, 208), (Flags, 248))),
                Slot(CompoundSlots.Collateral(EtherToken), (UInt256)Ether * 100),
                Slot(CompoundSlots.Collateral(GoldToken), (UInt256)BaseUnit * 100),
            ],
            [new ObservedPrice(DollarToken, BaseUnit, DollarFeed), new ObservedPrice(EtherToken, EtherPrice, EtherFeed), new ObservedPrice(GoldToken, (UInt256)4_000 * BaseUnit, GoldSource)])
        {
            Answers = answers,
        });
    }

    /// <summary>Reads an account at a block.</summary>
    protected void ObserveAccount(string block, Address account, UInt256 ether, UInt256 gold, UInt256 owed)
    {
        UInt256.NegateWrapping(owed, out var principal);
        var word = WordField.Read(principal, 0, 104) + AaveStorage.Fields(((ether.IsZero ? 0UL : 1) + (gold.IsZero ? 0UL : 2), 232));
        var slots = new List<ContractSlot> { Slot(CompoundSlots.Account(account), word) };
        slots.AddRange(ether.IsZero ? [] : [Slot(CompoundSlots.Balance(account, EtherToken), ether)]);
        slots.AddRange(gold.IsZero ? [] : [Slot(CompoundSlots.Balance(account, GoldToken), gold)]);
        Story.Fact(new LogEvent.MarketObserved(Named.Block(block), NumberOf(block), Comet, account, IsProven: true, slots, []));
    }

    /// <summary>The market is known, and Bob, who owes 15,000 dollars against ten ether.</summary>
    protected void KnownComet(string block = "b1")
    {
        Story.Block(block, "t0");
        Receipts(block, Receipt("t0", Withdraw(Bob)));
        ObserveComet(block);
        ObserveAccount(block, Bob, (UInt256)Ether * 10, 0, (UInt256)Dollar * 15_000);
    }

    protected static TxLog Withdraw(Address account) => new(Comet, [s_withdraw, Topic(account), Topic(account)], CallData.Words().Add(7).ToArray());

    protected static TxLog Event(string signature, params Address[] topics) => new(Comet, [Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)), .. topics.Select(Topic)], CallData.Words().Add(7).ToArray());

    /// <summary>A pending call of the market.</summary>
    protected string Called(byte[] data, string name = "call")
    {
        Story.Decoded(new ScenarioTx(name, $"sender-{name}", 0) { Call = (Comet, data) });
        return name;
    }

    protected string Absorbing(params Address[] accounts)
    {
        var call = CallData.Of("absorb(address,address[])").Add(Eve).Add(64).Add((ulong)accounts.Length);
        Array.ForEach(accounts, account => call.Add(account));
        return Called(call.ToArray(), "absorb");
    }

    private protected CompoundMarket Market()
    {
        Assert.True(Book.TryGetCompound(Comet, out var market));
        return market;
    }

    private static ContractSlot Slot(UInt256 slot, UInt256 value) => new(Comet, new ObservedSlot(slot, value));
}
