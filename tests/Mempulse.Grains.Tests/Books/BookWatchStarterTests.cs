using System.Diagnostics.CodeAnalysis;
using Mempulse.ChainState;
using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Books;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Tests.Simulations;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Grains.Tests.Books;

/// <summary>A silo asks for the watcher of each of its chains again and again, whatever became of the last call.</summary>
[SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The doubles answer with value tasks that are read once.")]
public sealed class BookWatchStarterTests : IDisposable
{
    private static readonly ChainId[] s_chains = [new(1), new(10)];

    private readonly Measurements _measured = new();
    private readonly LogLines _lines = new();
    private readonly SimMeter _meter;
    private readonly FakeTimeProvider _time = new();

    public BookWatchStarterTests() => _meter = new SimMeter(_measured.Meters);

    public static TheoryData<Exception> Failures => [new TimeoutException("It does not answer."), new SiloUnavailableException("Its silo is gone."), new ArgumentException("No silo can host it.")];

    public void Dispose()
    {
        _meter.Dispose();
        _measured.Dispose();
        _lines.Dispose();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_watcher_that_cannot_be_started_is_asked_for_at_each_turn_and_costs_the_others_nothing(Exception failure)
    {
        var calls = s_chains.ToDictionary(chain => chain, _ => 0);
        using var starter = Starter(chain => ++calls[chain] < 3 && chain == s_chains[0] ? ValueTask.FromException(failure) : ValueTask.CompletedTask);
        var stages = new SiloStages(starter);
        await stages.StartAsync();

        for (int turn = 1; turn <= 4; turn++)
        {
            await Until.TrueAsync(() => calls.Values.All(count => count == turn), $"turn {turn}");
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        await stages.StopAsync();
        Assert.Equal(2, _lines.All.Count(line => line.Text == "Chain 1: cannot start the watcher of pools"));
    }

    [Fact]
    public async Task A_silo_that_can_read_no_chain_asks_for_no_watcher()
    {
        int calls = 0;
        using var starter = Starter(
            _ =>
            {
                calls++;
                return ValueTask.CompletedTask;
            },
            chains: []);
        var stages = new SiloStages(starter);

        await stages.StartAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        await stages.StopAsync();

        Assert.Equal(0, calls);
    }

    private BookWatchStarter Starter(Func<ChainId, ValueTask> start, ChainId[]? chains = null)
    {
        var grains = s_chains.ToDictionary(chain => $"{nameof(IBookWatchGrain)} {chain}", chain => (object)ScriptedGrain.Of<IBookWatchGrain>((_, _) => start(chain)));
        var options = new SimHostOptions { States = [.. (chains ?? s_chains).Select(static chain => KeyValuePair.Create<ChainId, Func<StateContext, IStateProvider>>(chain, static _ => MadeChain.State()))] };
        return new BookWatchStarter(new SimHost(Options.Create(options), _meter, _measured.Meters, _time), ScriptedGrain.Factory<IGrainFactory>(grains), _time, _lines.For<BookWatchStarter>());
    }
}
