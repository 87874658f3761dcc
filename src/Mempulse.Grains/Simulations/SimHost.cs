using Mempulse.Ethereum.Signatures;
using Mempulse.Grains.Logs;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Storage.Contents;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Simulations;

/// <summary>Holds this silo's simulators and stores for as long as the silo lives. Grains come and go; what was fetched stays.</summary>
/// <remarks>Safe for any thread.</remarks>
internal sealed class SimHost : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly SimHostOptions _options;
    private readonly LogHostOptions _logs;
    private readonly SortedDictionary<ChainId, ChainSimulator> _simulators = [];
    private readonly SortedDictionary<ChainId, ContentStore> _stores = [];
    private readonly List<IDisposable> _gauges = [];
    private readonly Lock _gate = new();

    public SimHost(IOptions<SimHostOptions> options, IOptions<LogHostOptions> logs, SimMeter meter, TimeProvider time)
    {
        _options = options.Value;
        _logs = logs.Value;
        var recovery = SenderRecovery.CreateBest();
        foreach (var (chain, open) in _options.States)
        {
            var simulator = new ChainSimulator(chain, open(time), _options, recovery);
            _simulators.Add(chain, simulator);
            _gauges.Add(meter.Observe(chain, () => simulator.Reading));
        }
    }

    /// <summary>Time one simulation may take.</summary>
    public TimeSpan Patience => _options.Patience;

    /// <summary>The simulator of a chain; null where nobody can be asked for its state.</summary>
    public ChainSimulator? SimulatorOf(ChainId chain) => _simulators.GetValueOrDefault(chain);

    /// <summary>The directory of a chain's log.</summary>
    public string LogDirectoryOf(ChainId chain) => Path.GetFullPath(_logs.DirectoryOf(chain));

    /// <summary>The store beside a chain's log.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ContentStore StoreOf(ChainId chain)
    {
        lock (_gate)
        {
            if (!_stores.TryGetValue(chain, out var store))
            {
                store = ContentStore.Open(new ContentStoreOptions
                {
                    Directory = ContentDirectory.Beside(_logs.DirectoryOf(chain)),
                    MaxBytes = _options.StoreBytes,
                    Files = _logs.Files,
                });
                _stores.Add(chain, store);
            }

            return store;
        }
    }

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
