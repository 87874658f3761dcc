using Mempulse.Canon.Reading;
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
    private readonly SortedDictionary<ChainId, SimRecords> _records = [];
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

    /// <summary>What the store beside a chain's log and the log say of its simulations.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public SimRecords RecordsOf(ChainId chain, ILogReader log)
    {
        lock (_gate)
        {
            if (!_records.TryGetValue(chain, out var records))
            {
                string directory = _logs.DirectoryOf(chain);
                var store = ContentStore.Open(new ContentStoreOptions
                {
                    Directory = ContentDirectory.Beside(directory),
                    MaxBytes = _options.StoreBytes,
                    Files = _logs.Files,
                });
                _records.Add(chain, records = new SimRecords(log, store, Path.GetFullPath(directory)));
            }

            return records;
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
