using Mempulse.ChainState;
using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.State;
using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Books;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Grains.Tests.Books;

/// <summary>What is read of pools at a block, from nodes that tell the truth, lie, or say nothing.</summary>
public sealed class BookReaderTests
{
    private static readonly Address s_one = Named.Account("one");
    private static readonly Address s_other = Named.Account("other");

    private readonly ScriptedState _state = new();

    [Fact]
    public async Task The_reserves_of_a_pair_are_one_slot()
    {
        _state.Values[(s_one, 8)] = 77;

        var read = await ReadAsync([Pair(s_one)]);

        var fact = Assert.IsType<LogEvent.PoolObserved>(Assert.Single(read.Facts));
        Assert.Equal((Named.Block("head"), 9UL, s_one, true), (fact.Block, fact.Number.Value, fact.Contract, fact.IsProven));
        Assert.Equal([new ObservedSlot(8, 77)], fact.Slots);
        Assert.Empty(read.Problem);
        Assert.Equal(1, _state.Fetches);
    }

    [Fact]
    public async Task Pools_are_read_together_and_a_pool_of_ticks_in_three_rounds()
    {
        UInt256.ShiftLeft(UInt256.One, 96, out var price); // tick 0
        _state.Values[(s_one, 0)] = price;
        _state.Values[(s_one, 4)] = 5;

        var read = await ReadAsync([new PlannedPool(s_one, default, Spacing: 200), Pair(s_other)]);

        Assert.Equal([s_one, s_other], read.Facts.Cast<LogEvent.PoolObserved>().Select(static fact => fact.Contract));
        var slots = ((LogEvent.PoolObserved)read.Facts[0]).Slots;
        Assert.Equal([new ObservedSlot(0, price), new ObservedSlot(4, 5)], slots.Take(2));
        Assert.Equal(5, slots.Count); // the word of the tick and one on each side, without ticks
        Assert.Equal(2, _state.Fetches);
    }

    [Fact]
    public async Task What_a_proof_refutes_is_not_written_and_its_source_is_named()
    {
        _state.Refuted.Add(s_one);

        var read = await ReadAsync([Pair(s_one), Pair(s_other)], [Sample(s_one, expected: 1)]);

        Assert.Equal(s_other, Assert.IsType<LogEvent.PoolObserved>(Assert.Single(read.Facts)).Contract);
        Assert.Equal($"Source liar: the state of pool {s_one} was refuted. The proof is of another value.", read.Problem);
    }

    [Fact]
    public async Task The_first_of_several_problems_is_told()
    {
        _state.Refuted.UnionWith([s_one, s_other]);

        var read = await ReadAsync([Pair(s_other), Pair(s_one)]);

        Assert.Empty(read.Facts);
        Assert.StartsWith($"Source liar: the state of pool {s_other} was refuted.", read.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_of_which_several_slots_differ_is_one_divergence()
    {
        _state.Values[(s_one, 8)] = 1;
        _state.Values[(s_one, 9)] = 2;

        var read = await ReadAsync([], [new PlannedSample(s_one, default, DivergenceCause.MissedLog, [new PlannedSlot(8, 64, 7), new PlannedSlot(9, 64, 7)])]);

        Assert.Equal(new ObservedSlot(8, 1), Assert.IsType<LogEvent.StateDivergence>(Assert.Single(read.Facts)).Found);
    }

    [Fact]
    public async Task A_slot_that_the_proof_shows_as_absent_is_zero()
    {
        var read = await ReadAsync([Pair(s_one)]);

        Assert.Equal([new ObservedSlot(8, 0)], Assert.IsType<LogEvent.PoolObserved>(Assert.Single(read.Facts)).Slots);
    }

    [Fact]
    public async Task What_a_node_does_not_return_is_not_written()
    {
        _state.IsSilent = true;

        var read = await ReadAsync([Pair(s_one)], [Sample(s_other, expected: 1)]);

        Assert.Empty(read.Facts);
        Assert.StartsWith("Source liar: the state of pools was not returned: ", read.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_that_an_answering_source_does_not_have_is_unread_and_stands_before_no_other()
    {
        _state.Lacks.Add(s_one);

        var read = await ReadAsync([Pair(s_one), Pair(s_other)]);

        Assert.Equal(s_other, Assert.IsType<LogEvent.PoolObserved>(Assert.Single(read.Facts)).Contract);
        Assert.Equal((Pair(s_one), string.Empty), (Assert.Single(read.Unread), read.Problem));
    }

    [Fact]
    public async Task What_a_node_refutes_or_does_not_return_is_a_problem_and_is_asked_for_again()
    {
        _state.Refuted.Add(s_one);
        var refuted = await ReadAsync([Pair(s_one)]);
        _state.IsSilent = true;
        var silent = await ReadAsync([Pair(s_other)]);

        Assert.Equal((0, 0), (refuted.Unread.Count, silent.Unread.Count));
    }

    [Theory]
    [InlineData(7UL, StateTrust.Verified, false)]
    [InlineData(8UL, StateTrust.Verified, true)]
    [InlineData(8UL, StateTrust.Unverified, false)] // a claim proves nothing against the log
    public async Task A_sample_that_differs_from_the_proven_state_is_a_divergence(ulong found, StateTrust trust, bool differs)
    {
        _state.Values[(s_one, 8)] = found;
        _state.Trust = trust;

        var read = await ReadAsync([], [Sample(s_one, expected: 7)]);

        Assert.Equal(differs, read.Facts.Count == 1);
        if (differs)
        {
            Assert.Equal(
                new LogEvent.StateDivergence(Named.Block("head"), new BlockNumber(9), s_one, default, DivergenceCause.MissedLog, new ObservedSlot(8, found), 7),
                Assert.IsType<LogEvent.StateDivergence>(read.Facts[0]));
        }
    }

    [Fact]
    public async Task A_claim_without_a_proof_is_marked()
    {
        _state.Trust = StateTrust.Unverified;

        Assert.False(Assert.IsType<LogEvent.PoolObserved>(Assert.Single((await ReadAsync([Pair(s_one)])).Facts)).IsProven);
    }

    private static PlannedPool Pair(in Address contract) => new(contract, default, Spacing: 0);

    private static PlannedSample Sample(in Address contract, ulong expected) => new(contract, default, DivergenceCause.MissedLog, [new PlannedSlot(8, 64, expected)]);

    private Task<BookReadings> ReadAsync(PlannedPool[] wanted, params PlannedSample[] samples) =>
        new BookReader(_state).ReadAsync(new BookPlan(Named.Block("head"), new BlockNumber(9), wanted, samples), TestContext.Current.CancellationToken);

    /// <summary>One block of one node, which returns what a test says.</summary>
    private sealed class ScriptedState : IStateProvider, IBlockState, IStateReader
    {
        private readonly HashSet<(Address, UInt256)> _fetched = [];

        public Dictionary<(Address, UInt256), UInt256> Values { get; } = [];

        public HashSet<Address> Refuted { get; } = [];

        public HashSet<Address> Lacks { get; } = [];

        public bool IsSilent { get; set; }

        public int Fetches { get; private set; }

        public StateTrust Trust { get; set; } = StateTrust.Verified;

        public string Source => "liar";

        public IStateReader Reader => this;

        public Task<BlockHeader> HeaderAsync(string tag, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken) => Task.FromResult<IBlockState>(this);

        public Task PrefetchAsync(SimRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SimOutcome?> FetchAsync(StateGap gap, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SimOutcome?> FetchSlotsAsync(IReadOnlyList<AccountParts> wanted, CancellationToken cancellationToken)
        {
            Fetches++;
            if (wanted.FirstOrDefault(parts => Refuted.Contains(parts.Address)) is { } lie)
            {
                return Task.FromResult<SimOutcome?>(new SimOutcome.StateMismatch(lie.Address, lie.Slots[0], "The proof is of another value."));
            }

            if (IsSilent)
            {
                return Task.FromResult<SimOutcome?>(new SimOutcome.StateMissing(new StateGap.OfSlot(wanted[0].Address, wanted[0].Slots[0])));
            }

            _fetched.UnionWith(wanted.SelectMany(static parts => parts.Slots.Select(slot => (parts.Address, slot))));
            return Task.FromResult<SimOutcome?>(null);
        }

        public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
        {
            value = Values.GetValueOrDefault((address, slot));
            return !_fetched.Contains((address, slot)) || Lacks.Contains(address) ? ReadOutcome.Missing : value.IsZero ? ReadOutcome.Absent : ReadOutcome.Found;
        }

        public ReadOutcome ReadAccount(in Address address, out AccountRecord account) => throw new NotSupportedException();

        public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code) => throw new NotSupportedException();

        public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) => throw new NotSupportedException();
    }
}
