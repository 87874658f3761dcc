namespace Mempulse.Grains.Tests.Worlds;

/// <summary>The lifecycle of a silo without the silo: the stages that services subscribe to, run one by one as a silo does.</summary>
internal sealed class SiloStages
{
    private readonly List<(string Name, int Stage, ILifecycleObserver Observer)> _subscribed = [];

    public SiloStages(params IReadOnlyList<ILifecycleParticipant<ISiloLifecycle>> services)
    {
        var lifecycle = ScriptedGrain.Of<ISiloLifecycle>((method, arguments) =>
        {
            Assert.Equal(nameof(ISiloLifecycle.Subscribe), method);
            _subscribed.Add(((string)arguments[0]!, (int)arguments[1]!, (ILifecycleObserver)arguments[2]!));
            return null;
        });
        foreach (var service in services)
        {
            service.Participate(lifecycle);
        }
    }

    /// <summary>The stages and who subscribed to them, in the order in which they start.</summary>
    public IReadOnlyList<(string Name, int Stage)> All => [.. _subscribed.OrderBy(entry => entry.Stage).Select(entry => (entry.Name, entry.Stage))];

    /// <summary>Starts the stages from one through another, inclusive.</summary>
    public async Task StartAsync(int from = int.MinValue, int through = int.MaxValue)
    {
        foreach (var (_, _, observer) in _subscribed.Where(entry => entry.Stage >= from && entry.Stage <= through).OrderBy(entry => entry.Stage).ToList())
        {
            await observer.OnStart(CancellationToken.None);
        }
    }

    /// <summary>Stops the stages from the last one down to one, inclusive.</summary>
    public async Task StopAsync(int downTo = int.MinValue, int from = int.MaxValue)
    {
        foreach (var (_, _, observer) in _subscribed.Where(entry => entry.Stage >= downTo && entry.Stage <= from).OrderByDescending(entry => entry.Stage).ToList())
        {
            await observer.OnStop(CancellationToken.None);
        }
    }
}
