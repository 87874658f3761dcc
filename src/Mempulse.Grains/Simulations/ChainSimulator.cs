using System.Collections.Concurrent;
using Mempulse.ChainState;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Grains.Simulations;

/// <summary>Simulates bundles on one chain. Thread-safe.</summary>
internal sealed class ChainSimulator : IAsyncDisposable
{
    private readonly SimHostOptions _options;
    private readonly IStateProvider _state;
    private readonly StateMeter _meter;
    private readonly StateSimulation _simulation;
    private readonly ISenderRecovery _recovery;
    private readonly StepTracePolicy _steps;
    private readonly QueryReader _reader;
    private readonly ChainId _chain;
    private readonly ConcurrentBag<Simulator> _tracers = []; // each keeps megabytes of line buffers; there are as many as have ever traced at the same time
    private int _inFlight;

    public ChainSimulator(ChainId chain, IStateProvider state, StateMeter meter, SimHostOptions options, ISenderRecovery recovery)
    {
        _chain = chain;
        _options = options;
        _state = state;
        _meter = meter;
        _recovery = recovery;
        _simulation = new StateSimulation(state, options.State, recovery);
        _steps = options.StepTracePolicy;
        _reader = new QueryReader(options.Limits, recovery);
    }

    /// <summary>Simulations in progress, and their maximum.</summary>
    public SimReading Reading => new(Math.Min(Volatile.Read(ref _inFlight), _options.MaxInFlight), _options.MaxInFlight);

    /// <summary>Provides the state of blocks.</summary>
    public IStateProvider State => _state;

    /// <summary>Takes a slot for a simulation; returns false when all are taken.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _inFlight) <= _options.MaxInFlight)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Returns the slot.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Simulates a bundle, traces its instructions if the policy requires it, and encodes what is stored.</summary>
    /// <exception cref="StateUnavailableException">No node has the block.</exception>
    public async Task<SimulatedBundle> SimulateAsync(SimQuery query, CancellationToken cancellationToken)
    {
        var block = await BlockAsync(query, cancellationToken).ConfigureAwait(false);
        var request = _reader.Read(query, block);
        var run = await _simulation.RunAsync(request, cancellationToken).ConfigureAwait(false);
        _meter.Read(run.Witness.State.PartCount);
        ReadOnlyMemory<byte>? steps = _steps.Wants(run.Result)
            ? TraceSteps(run.Witness)
            : default(ReadOnlyMemory<byte>?); // null would become an empty trace
        var named = run.Witness.NamingCodes();
        byte[] witness = WitnessCodec.Encode(named);
        var fact = SimFact.Of(request, run.Result, Keccak256.Hash(witness), steps is { } lines ? Keccak256.Hash(lines.Span) : null);
        return new SimulatedBundle(run, fact, witness, named.NamedCodes, steps);
    }

    /// <summary>The block in which a bundle runs. A beacon root in the query is used instead of one that the state's provider knows.</summary>
    private async Task<SimBlock> BlockAsync(SimQuery query, CancellationToken cancellationToken)
    {
        using var span = Spans.Start(Spans.Fetch, _chain);
        var block = await _state.NextAsync(query.Block, _chain, cancellationToken).ConfigureAwait(false);
        return query.ParentBeaconRoot is { } given ? block with { ParentBeaconRoot = given } : block;
    }

    private ReadOnlyMemory<byte> TraceSteps(Witness witness)
    {
        var tracer = _tracers.TryTake(out var spare) ? spare : new Simulator(_recovery);
        var steps = tracer.TraceSteps(witness);
        _tracers.Add(tracer);
        return steps;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_state is IAsyncDisposable owned)
        {
            await owned.DisposeAsync().ConfigureAwait(false);
        }
    }
}
