using Mempulse.ChainState;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Tests.Hosting;
using Mempulse.Grains.Tests.Simulations;
using Mempulse.Primitives;
using Mempulse.Testing.Waiting;

namespace Mempulse.Grains.Tests.Books;

/// <summary>The watcher of pools outlives the silo that hosts it, and the stop of a silo that does not.</summary>
[Collection(nameof(SimulatorGrainTests))]
public sealed class BookWatchTakeOverTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-watch-").FullName;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_silo_takes_over_when_the_one_that_watches_goes(bool crashes)
    {
        await using var silos = await StartAsync();
        var watcher = silos.Grains.BookWatch(TestSilo.Chain);
        SiloAddress? first = null;
        await Until.TrueAsync(async () => (first = await silos.HostOfAsync(watcher)) is not null, "a silo watches", limitSeconds: 60);

        await (crashes ? silos.KillSiloAsync(first!) : silos.StopSiloAsync(first!));

        await Until.TrueAsync(async () => await silos.HostOfAsync(watcher) is { } next && !next.Equals(first), "another silo watches", limitSeconds: 60);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private Task<TestSilo> StartAsync() => TestSilo.StartAsync(
        _directory,
        simulations: static options => options.States = [KeyValuePair.Create<ChainId, Func<StateContext, IStateProvider>>(TestSilo.Chain, static _ => MadeChain.State())],
        roles: [SiloRoles.Log | SiloRoles.Ingest, SiloRoles.Worker, SiloRoles.Worker]);
}
