using Mempulse.ChainState;
using Mempulse.Evm.State;
using Mempulse.Features.Book;
using Mempulse.Features.Markets;
using Mempulse.Features.Registry;
using Mempulse.Grains.Abstractions.Markets;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Grains.Books;

/// <summary>Reads lending markets and accounts at one block. What a node claims and its proof refutes is not read, and the node is named.</summary>
/// <remarks>Confined to one caller at a time: it remembers what prices are made of, so that they are fetched together the next time.</remarks>
internal sealed class MarketReader(IStateProvider provider, ChainId chain)
{
    /// <summary>A market takes three rounds: its list's length, the list, the reserves. An account takes two.</summary>
    private const int MaxRounds = 8;

    /// <summary>Parts that are remembered of one market. Beyond them only those that the last reading missed are.</summary>
    private const int MaxRemembered = 4_096;

    private readonly SortedDictionary<Address, IReadOnlyList<StateGap>> _missed = []; // by market: what its prices were made of so far

    /// <summary>Reads what a plan asks for.</summary>
    /// <exception cref="StateUnavailableException">No node has the block.</exception>
    public async Task<BookReadings> ReadAsync(MarketPlan plan, CancellationToken cancellationToken)
    {
        var state = await provider.AtAsync(plan.Head, cancellationToken).ConfigureAwait(false);
        var facts = new List<LogEvent>();
        var problems = new List<string>();
        var fetch = new SlotFetch("market", problems);
        await HoldSamplesAsync(plan, state, facts, fetch, cancellationToken).ConfigureAwait(false);
        foreach (var market in plan.Markets)
        {
            var task = new MarketTask(market.Contract, (LendingForm)market.Form, market.Oracle, market.IsWanted, [.. market.Reserves.Select(static reserve => new ReserveTokens(reserve.Token, reserve.Supply, reserve.Debt))], market.Accounts);
            await ReadAccountsAsync(plan, task, state, facts, fetch, cancellationToken).ConfigureAwait(false);
            if (task.IsWanted)
            {
                await ReadMarketAsync(plan, task, state, facts, fetch, cancellationToken).ConfigureAwait(false);
            }
        }

        return new BookReadings(facts, problems.Count > 0 ? problems[0] : string.Empty, []);
    }

    private static async Task HoldSamplesAsync(MarketPlan plan, IBlockState state, List<LogEvent> facts, SlotFetch fetch, CancellationToken cancellationToken)
    {
        var refuted = await fetch.FetchAsync(state, PartsOf(plan.Samples.SelectMany(static sample => sample.Slots).Select(static slot => new SlotOf(slot.Contract, slot.Slot.Slot))), cancellationToken).ConfigureAwait(false);
        if (state.Trust != StateTrust.Verified)
        {
            return; // a claim proves nothing against the log
        }

        foreach (var sample in plan.Samples)
        {
            foreach (var (contract, slot) in sample.Slots)
            {
                if (!refuted.Contains(contract) && SlotFetch.TryRead(state, contract, slot.Slot, out var value) && !new SlotExpectation(slot.Slot, slot.Bits, slot.Value).IsMetBy(value))
                {
                    facts.Add(new LogEvent.StateDivergence(plan.Head, plan.Number, sample.Market, sample.Id, DivergenceCause.StorageMutated, new ObservedSlot(slot.Slot, value), slot.Value));
                    break;
                }
            }
        }
    }

    private static async Task ReadAccountsAsync(MarketPlan plan, MarketTask task, IBlockState state, List<LogEvent> facts, SlotFetch fetch, CancellationToken cancellationToken)
    {
        var readings = task.Accounts.Select(account => new SlotReading(account, known => task.MissingSlots(account, known))).ToList();
        await ReadSlotsAsync(readings, state, fetch, cancellationToken).ConfigureAwait(false);
        facts.AddRange(readings.Select(reading =>
            new LogEvent.MarketObserved(plan.Head, plan.Number, task.Market, reading.Account, state.Trust == StateTrust.Verified, reading.Slots, [])));
    }

    private async Task ReadMarketAsync(MarketPlan plan, MarketTask task, IBlockState state, List<LogEvent> facts, SlotFetch fetch, CancellationToken cancellationToken)
    {
        if (task.Form == LendingForm.CompoundV3)
        {
            await ReadCompoundAsync(plan, task, state, facts, fetch, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (await ReadSlotsAsync(task, state, fetch, cancellationToken).ConfigureAwait(false) is not { } market)
        {
            return;
        }

        var header = await provider.HeaderAsync(plan.Head.ToString(), cancellationToken).ConfigureAwait(false);
        await fetch.FetchAsync(state, PartsOf(_missed.GetValueOrDefault(task.Market) ?? []), cancellationToken).ConfigureAwait(false);
        var answers = new PriceReading(state, header, chain, task.Oracle);
        var prices = await answers.ReadAsync(task.PricedTokens(market.Known), cancellationToken).ConfigureAwait(false);
        if (answers.Failure is { } failure)
        {
            fetch.Report(state, failure);
            return; // some prices would look as if the oracle had none
        }

        Remember(task.Market, answers.Missed);
        facts.Add(new LogEvent.MarketObserved(plan.Head, plan.Number, task.Market, default, state.Trust == StateTrust.Verified, market.Slots, prices));
    }

    /// <summary>The terms of such a market are in its code, and say which slots it has.</summary>
    private async Task ReadCompoundAsync(MarketPlan plan, MarketTask task, IBlockState state, List<LogEvent> facts, SlotFetch fetch, CancellationToken cancellationToken)
    {
        var header = await provider.HeaderAsync(plan.Head.ToString(), cancellationToken).ConfigureAwait(false);
        await fetch.FetchAsync(state, PartsOf(_missed.GetValueOrDefault(task.Market) ?? []), cancellationToken).ConfigureAwait(false);
        var reading = new CompoundReading(state, header, chain, task.Market);
        await reading.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (reading.Failure is { } failure)
        {
            fetch.Report(state, failure);
            return;
        }

        Remember(task.Market, reading.Missed);
        if (CompoundTerms.Read(reading.Answers) is { } terms
            && await ReadSlotsAsync(task with { Reserves = [.. terms.Assets.Select(static asset => new ReserveTokens(asset.Token, default, default))] }, state, fetch, cancellationToken).ConfigureAwait(false) is { } market)
        {
            facts.Add(new LogEvent.MarketObserved(plan.Head, plan.Number, task.Market, default, state.Trust == StateTrust.Verified, market.Slots, reading.Prices) { Answers = reading.Answers });
        }
    }

    /// <summary>Remembers what a reading missed beside what was fetched for it, which the next one needs again.</summary>
    private void Remember(Address market, IEnumerable<StateGap> missed)
    {
        StateGap[] now = [.. missed];
        StateGap[] together = [.. (_missed.GetValueOrDefault(market) ?? []).Union(now)];
        _missed[market] = together.Length <= MaxRemembered ? together : now;
    }

    private static async Task<SlotReading?> ReadSlotsAsync(MarketTask task, IBlockState state, SlotFetch fetch, CancellationToken cancellationToken)
    {
        var readings = new List<SlotReading> { new(default, task.MissingSlots) };
        await ReadSlotsAsync(readings, state, fetch, cancellationToken).ConfigureAwait(false);
        return readings.Count > 0 ? readings[0] : null;
    }

    /// <summary>Reads until nothing is missing; readings of which something cannot be had leave.</summary>
    private static async Task ReadSlotsAsync(List<SlotReading> readings, IBlockState state, SlotFetch fetch, CancellationToken cancellationToken)
    {
        for (int round = 0; round < MaxRounds && readings.Exists(static reading => reading.Missing().Count > 0); round++)
        {
            await fetch.FetchAsync(state, PartsOf(readings.SelectMany(static reading => reading.Missing())), cancellationToken).ConfigureAwait(false);
            readings.RemoveAll(reading => !reading.Take(state)); // what was refuted is not known
        }

        readings.RemoveAll(static reading => reading.Missing().Count > 0);
    }

    /// <summary>Slots by their contracts, without code.</summary>
    private static List<AccountParts> PartsOf(IEnumerable<SlotOf> slots) =>
    [
        .. slots.Distinct().GroupBy(static slot => slot.Contract).OrderBy(static group => group.Key)
            .SelectMany(static group => group.Select(static slot => slot.Slot).Chunk(AccountParts.MaxSlots).Select(chunk => new AccountParts(group.Key, chunk) { WithCode = false })),
    ];

    /// <summary>What calls missed, by accounts.</summary>
    private static List<AccountParts> PartsOf(IEnumerable<StateGap> gaps)
    {
        var slots = new SortedDictionary<Address, SortedSet<UInt256>>();
        foreach (var gap in gaps)
        {
            var account = gap switch { StateGap.OfSlot slot => slot.Address, StateGap.OfAccount known => known.Address, StateGap.OfCode code => code.Address, _ => default };
            if (!slots.TryGetValue(account, out var missed))
            {
                slots.Add(account, missed = []);
            }

            if (gap is StateGap.OfSlot { Slot: var read })
            {
                missed.Add(read);
            }
        }

        return [.. slots.Where(static account => !account.Key.IsZero).SelectMany(static account => account.Value.Chunk(AccountParts.MaxSlots).DefaultIfEmpty([]).Select(chunk => new AccountParts(account.Key, chunk)))];
    }
}
