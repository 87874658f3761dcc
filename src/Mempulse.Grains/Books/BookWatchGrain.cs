using System.Diagnostics;
using Mempulse.ChainState;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Simulations;
using Mempulse.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace Mempulse.Grains.Books;

/// <summary>Reads what the fold asks for, again and again, and appends it to the log: pools in one lane, lending markets in another.</summary>
[GrainType("mempulse.book-watch"), KeepAlive, PreferLocalPlacement, Immovable]
internal sealed partial class BookWatchGrain(SimHost states, IOptions<BookWatchOptions> options, TimeProvider time, ILogger<BookWatchGrain> log) : Grain, IBookWatchGrain, IDisposable
{
    private const string PoolLane = "pools";
    private const string MarketLane = "markets";

    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    public ValueTask Start()
    {
        if (_watching.IsCompleted && !_stop.IsCancellationRequested && states.StateOf(Chain) is { } state)
        {
            _watching = Task.WhenAll(WatchPoolsAsync(state), WatchMarketsAsync(state));
        }

        return ValueTask.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _watching;
    }

    public void Dispose() => _stop.Dispose();

    private async Task WatchPoolsAsync(IStateProvider state)
    {
        Activity.Current = null; // it outlives the call that starts it, so its calls start their own traces
        var look = new PoolLook(GrainFactory.Mempool(Chain), new BookReader(state).ReadAsync, LaneOf(PoolLane), options.Value);
        await new WatchLoop(look, options.Value.Interval, time, problem => LogProblem(log, Chain, problem)).RunAsync(_stop.Token);
    }

    private async Task WatchMarketsAsync(IStateProvider state)
    {
        Activity.Current = null;
        var look = new MarketLook(GrainFactory.Mempool(Chain), new MarketReader(state, Chain).ReadAsync, LaneOf(MarketLane), options.Value);
        await new WatchLoop(look, options.Value.Interval, time, problem => LogMarketProblem(log, Chain, problem)).RunAsync(_stop.Token);
    }

    private FactLane LaneOf(string name) => new(name, Chain, GrainFactory, time);
}
