using Mempulse.ChainState.Tests.Lies;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;

namespace Mempulse.ChainState.Tests;

/// <summary>The rounds of a simulation over a block state that a test controls: execute, fetch what is missing, repeat.</summary>
public sealed class RoundsTests
{
    [Fact]
    public async Task A_simulation_ends_with_the_round_that_misses_nothing_and_is_cut_off_one_round_earlier()
    {
        var counted = new ScriptedState();
        var run = await RunAsync(counted, maxRounds: 1024);
        int rounds = counted.Fetches.Count + 2; // the first round predicts, the last executes only

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal(1, counted.Prefetches);
        Assert.IsType<SimOutcome.Ok>((await RunAsync(new ScriptedState(), rounds)).Result.Outcome);
        var cut = await RunAsync(new ScriptedState(), rounds - 1);
        Assert.Equal(new SimOutcome.LimitExceeded(SimLimit.Fetches, 0), cut.Result.Outcome);
        Assert.Equal(cut.Result.Outcome, cut.Witness.Unmade);
        Assert.Equal(counted.Fetches.Count, counted.Fetches.Distinct().Count());
    }

    [Fact]
    public async Task A_failed_fetch_ends_the_simulation_with_its_outcome_which_the_witness_repeats()
    {
        SimOutcome[] failures =
        [
            new SimOutcome.StateMismatch(Lie.Rich, null, "It lies."),
            new SimOutcome.StateMissing(new StateGap.OfAccount(Lie.Rich)) { Cause = GapCause.NotProven },
        ];
        foreach (var failure in failures)
        {
            var state = new ScriptedState { Answer = gap => gap == new StateGap.OfAccount(Lie.Rich) ? failure : null };

            var run = await RunAsync(state, 1024);
            var again = new Simulator(SenderRecovery.CreateBest()).Rerun(WitnessCodec.Decode(WitnessCodec.Encode(run.Witness)));

            Assert.Equal(failure, run.Result.Outcome);
            Assert.Empty(run.Result.Transactions);
            Assert.Equal(failure, again.Result.Outcome);
        }
    }

    [Fact]
    public async Task State_that_no_node_has_ends_the_simulation_with_the_run_that_misses_it()
    {
        var gap = new StateGap.OfAccount(Lie.Rich);
        var state = new ScriptedState { Answer = asked => asked == gap ? new SimOutcome.StateMissing(gap) : null };

        var run = await RunAsync(state, 1024);
        var again = new Simulator(SenderRecovery.CreateBest()).Rerun(WitnessCodec.Decode(WitnessCodec.Encode(run.Witness)));

        Assert.Equal(new SimOutcome.StateMissing(gap), run.Result.Outcome);
        Assert.Null(run.Witness.Unmade);
        Assert.NotEqual(0, run.Witness.State.PartCount);
        Assert.Equal((run.Result.Outcome, run.Result.TraceDigest), (again.Result.Outcome, again.Result.TraceDigest));
    }

    [Fact]
    public async Task A_run_whose_trust_fell_meanwhile_is_executed_again_and_marked()
    {
        // Another simulation's fetch lowers the trust while the last round executes.
        var state = new ScriptedState();
        state.OnRead = _ => state.Trust = state.Fetches is [.., StateGap.OfCode last] && last.Address == Lie.Library ? StateTrust.Unverified : state.Trust;

        var run = await RunAsync(state, 1024);

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal((StateTrust.Unverified, StateTrust.Unverified), (run.Result.Trust, run.Witness.Trust));
    }

    [Fact]
    public async Task A_cancelled_simulation_stops_before_its_next_round()
    {
        using var cancel = new CancellationTokenSource();
        var state = new ScriptedState { Answer = _ =>
        {
            cancel.Cancel();
            return null;
        } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(state, 1024, cancel.Token));
        Assert.Single(state.Fetches);
    }

    private static async Task<SimRun> RunAsync(ScriptedState state, int maxRounds, CancellationToken? stop = null) =>
        await new StateSimulation(new OneBlock(state), new RpcStateOptions { MaxRounds = maxRounds }, SenderRecovery.CreateBest()).RunAsync(Lie.Request(), stop ?? TestContext.Current.CancellationToken);

    private sealed class OneBlock(ScriptedState state) : IStateProvider
    {
        public Task<BlockHeader> HeaderAsync(string tag, CancellationToken cancellationToken) => Task.FromResult(Lie.True.Head);

        public Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken) =>
            block == Lie.True.HeadHash ? Task.FromResult<IBlockState>(state) : throw new StateUnavailableException(StateUnavailability.UnknownBlock, "another block");
    }

    /// <summary>The true state, of which a part is known once it was fetched.</summary>
    private sealed class ScriptedState : IBlockState, IStateReader
    {
        private readonly KnownState _known = new();

        public List<StateGap> Fetches { get; } = [];

        public int Prefetches { get; private set; }

        public Func<StateGap, SimOutcome?> Answer { get; init; } = static _ => null;

        public Action<Address> OnRead { get; set; } = static _ => { };

        public IStateReader Reader => this;

        public StateTrust Trust { get; set; } = StateTrust.Verified;

        public Task PrefetchAsync(SimRequest request, CancellationToken cancellationToken)
        {
            Prefetches++;
            return Task.CompletedTask;
        }

        public Task<SimOutcome?> FetchAsync(StateGap gap, CancellationToken cancellationToken)
        {
            Fetches.Add(gap);
            var outcome = Answer(gap);
            if (outcome is null)
            {
                Add(gap);
            }

            return Task.FromResult(outcome);
        }

        public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
        {
            OnRead(address);
            return _known.ReadAccount(address, out account);
        }

        public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value) => _known.ReadStorage(address, slot, out value);

        public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code) => _known.ReadCode(address, codeHash, out code);

        public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) => _known.ReadBlockHash(number, out hash);

        private void Add(StateGap gap)
        {
            var state = Lie.True.State;
            switch (gap)
            {
                case StateGap.OfAccount(var address):
                    var hash = ContractCode.Of(state.CodeOf(address)).Hash;
                    bool exists = state.BalanceOf(address) != default || state.NonceOf(address) != 0;
                    _known.Add(address, exists ? new AccountRecord(state.BalanceOf(address), state.NonceOf(address), hash, HasStorage: false) : null);
                    break;
                case StateGap.OfSlot(var address, var slot):
                    _known.Add(address, slot, state.ValueOf(address, slot));
                    break;
                case StateGap.OfCode(var address, _):
                    _known.Add(ContractCode.Of(state.CodeOf(address)));
                    break;
                case StateGap.OfBlockHash(var number):
                    _known.Add(number, Lie.True.At((int)number).ComputeHash());
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }
}
