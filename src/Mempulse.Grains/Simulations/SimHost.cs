using System.Diagnostics.Metrics;
using Mempulse.ChainState;
using Mempulse.Ethereum.Signatures;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Simulations;

/// <summary>Holds this silo's simulators for the lifetime of the silo, so that fetched state outlives the grains.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SimHost : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly SimHostOptions _options;
    private readonly SortedDictionary<ChainId, ChainSimulator> _simulators = [];
    private readonly List<IDisposable> _gauges = [];

    public SimHost(IOptions<SimHostOptions> options, SimMeter meter, IMeterFactory meters, TimeProvider time)
    {
        _options = options.Value;
        var recovery = SenderRecovery.CreateBest();
        foreach (var (chain, open) in _options.States)
        {
            var states = new StateMeter(meters, chain);
            var simulator = new ChainSimulator(chain, open(new StateContext(_options.State, states, time)), states, _options, recovery);
            _simulators.Add(chain, simulator);
            _gauges.Add(meter.Observe(chain, () => simulator.Reading));
        }
    }

    /// <summary>The time that one simulation may take.</summary>
    public TimeSpan Patience => _options.Patience;

    /// <summary>The limits of every simulation.</summary>
    public SimLimits Limits => _options.Limits;

    /// <summary>The simulator of a chain; null when no node is configured for its state.</summary>
    public ChainSimulator? SimulatorOf(ChainId chain) => _simulators.GetValueOrDefault(chain);

    /// <summary>The chains whose state can be read here.</summary>
    public IReadOnlyList<ChainId> Chains => [.. _simulators.Keys];

    /// <summary>The state of a chain; null when no node is configured for it.</summary>
    public IStateProvider? StateOf(ChainId chain) => SimulatorOf(chain)?.State;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(SimHost), ServiceLifecycleStage.ApplicationServices, static _ => Task.CompletedTask, CloseAsync);

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        _gauges.ForEach(gauge => gauge.Dispose());
        foreach (var simulator in _simulators.Values)
        {
            await simulator.DisposeAsync();
        }
    }
}
