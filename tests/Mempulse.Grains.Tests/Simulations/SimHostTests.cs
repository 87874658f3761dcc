using Mempulse.ChainState;
using Mempulse.Ethereum.Blocks;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Observability;
using Mempulse.Primitives;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>The simulators of a silo: as many simulations at a time as there are slots, again and again, and every state is closed.</summary>
public sealed class SimHostTests : IDisposable
{
    private static readonly ChainId s_main = new(1);
    private static readonly ChainId s_other = new(10);

    private readonly Measurements _measured = new();
    private readonly List<ChainId> _closed = [];
    private readonly SimMeter _meter;

    public SimHostTests() => _meter = new SimMeter(_measured.Meters);

    [Fact]
    public void Exactly_as_many_simulations_as_there_are_slots_run_at_a_time_and_a_refused_one_takes_none()
    {
        var simulator = Host(maxInFlight: 3).SimulatorOf(s_main)!;
        for (int round = 0; round < 2; round++)
        {
            Assert.All(Enumerable.Range(0, 3), _ => Assert.True(simulator.TryEnter()));
            Assert.All(Enumerable.Range(0, 5), _ => Assert.False(simulator.TryEnter()));
            Assert.Equal(new SimReading(3, 3), simulator.Reading);

            simulator.Leave();
            Assert.Equal(new SimReading(2, 3), simulator.Reading);
            Assert.True(simulator.TryEnter());
            Assert.False(simulator.TryEnter());
            Assert.All(Enumerable.Range(0, 3), _ => simulator.Leave());
            Assert.Equal(new SimReading(0, 3), simulator.Reading);
        }
    }

    [Fact]
    public async Task Each_chain_has_its_own_state_slots_and_gauges_and_a_stop_closes_every_state()
    {
        var host = Host(maxInFlight: 3);
        var stages = new SiloStages(host);
        await stages.StartAsync();

        Assert.True(host.SimulatorOf(s_main)!.TryEnter());
        Assert.Null(host.SimulatorOf(new ChainId(5)));
        Assert.Equal(
            ["mempulse_sim_capacity{chain=10} 3", "mempulse_sim_capacity{chain=1} 3", "mempulse_sim_in_flight{chain=10} 0", "mempulse_sim_in_flight{chain=1} 1"],
            _measured.ReadGauges());
        Assert.Equal((TimeSpan.FromSeconds(7), 5), (host.Patience, host.Limits.MaxTransactions));

        await stages.StopAsync();
        Assert.Equal([s_main, s_other], _closed);
        Assert.Empty(_measured.ReadGauges());
        Assert.Equal(ServiceLifecycleStage.ApplicationServices, Assert.Single(stages.All).Stage);
    }

    public void Dispose()
    {
        _meter.Dispose();
        _measured.Dispose();
    }

    private SimHost Host(int maxInFlight) => new(
        Options.Create(new SimHostOptions
        {
            MaxInFlight = maxInFlight,
            Patience = TimeSpan.FromSeconds(7),
            Limits = new Sim.Requests.SimLimits { MaxTransactions = 5 },
            States = [.. new[] { s_main, s_other }.Select(chain => KeyValuePair.Create<ChainId, Func<StateContext, IStateProvider>>(chain, _ => new ClosedState(() => _closed.Add(chain))))],
        }),
        _meter,
        _measured.Meters,
        TimeProvider.System);

    private sealed class ClosedState(Action closed) : IStateProvider, IAsyncDisposable
    {
        public Task<BlockHeader> HeaderAsync(string tag, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync()
        {
            closed();
            return ValueTask.CompletedTask;
        }
    }
}
