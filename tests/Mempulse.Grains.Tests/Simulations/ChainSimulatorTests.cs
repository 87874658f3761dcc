using Mempulse.ChainState;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>A chain's simulator: what a query says reaches the simulation, what the options say bounds it, and the state that it read is counted.</summary>
public sealed class ChainSimulatorTests
{
    private static readonly ChainId s_chain = new(1);

    [Fact]
    public async Task The_beacon_root_of_a_query_is_part_of_the_simulation_and_the_state_read_is_counted()
    {
        using var measured = new Measurements();
        await using var simulator = Simulator(measured, MadeChain.State(), new SimHostOptions());

        var without = await simulator.SimulateAsync(MadeChain.Call(MadeChain.Stopper), TestContext.Current.CancellationToken);
        var with = await simulator.SimulateAsync(MadeChain.Call(MadeChain.Stopper) with { ParentBeaconRoot = Keccak256.Hash("root"u8) }, TestContext.Current.CancellationToken);

        Assert.NotEqual(without.Fact.Sim, with.Fact.Sim);
        Assert.True(without.Run.Witness.State.PartCount > 0);
        Assert.Equal(
            without.Run.Witness.State.PartCount + with.Run.Witness.State.PartCount,
            measured.Sum("mempulse_state_parts{chain=1,from=cache}"));
    }

    [Fact]
    public async Task A_simulation_fetches_state_in_so_many_rounds_and_no_more()
    {
        using var measured = new Measurements();
        var state = new NeverEnough();
        await using var simulator = Simulator(measured, state, new SimHostOptions { State = new RpcStateOptions { MaxRounds = 3 } });

        var bundle = await simulator.SimulateAsync(MadeChain.Call(MadeChain.Stopper), TestContext.Current.CancellationToken);

        Assert.Equal((3, new SimOutcome.LimitExceeded(SimLimit.Fetches, 0)), (state.Fetches, bundle.Run.Result.Outcome));
    }

    private static ChainSimulator Simulator(Measurements measured, IStateProvider state, SimHostOptions options) =>
        new(s_chain, state, new StateMeter(measured.Meters, s_chain), options, SenderRecovery.CreateBest());

    /// <summary>A state that has nothing and gives nothing, however often it is asked.</summary>
    private sealed class NeverEnough : IStateProvider, IBlockState
    {
        public int Fetches { get; private set; }

        public IStateReader Reader { get; } = new KnownState();

        public StateTrust Trust => StateTrust.Verified;

        public Task<BlockHeader> HeaderAsync(string tag, CancellationToken cancellationToken) => Task.FromResult(MadeChain.Header);

        public Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken) => Task.FromResult<IBlockState>(this);

        public Task PrefetchAsync(SimRequest request, CancellationToken cancellationToken)
        {
            Fetches++;
            return Task.CompletedTask;
        }

        public Task<SimOutcome?> FetchAsync(StateGap gap, CancellationToken cancellationToken)
        {
            Fetches++;
            return Task.FromResult<SimOutcome?>(null);
        }
    }
}
