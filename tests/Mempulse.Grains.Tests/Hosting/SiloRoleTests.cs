using Mempulse.ChainState;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Tests.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Tests.Hosting;

/// <summary>Silos of one role each do the main job together; each grain is activated on a silo that hosts its role.</summary>
[Collection(nameof(SimulatorGrainTests))]
public sealed class SiloRoleTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-roles-").FullName;

    [Fact]
    public async Task A_silo_for_each_role_plays_the_capture_and_simulates_as_one_silo_does()
    {
        var state = MadeChain.State();
        await using var silos = await TestSilo.StartAsync(
            _directory,
            [TestSilo.PlaySample()],
            simulations: options => options.States = [KeyValuePair.Create<ChainId, Func<StateContext, IStateProvider>>(TestSilo.Chain, _ => state)],
            roles: [SiloRoles.Log, SiloRoles.Ingest, SiloRoles.Worker]);

        var settled = await silos.SettleAsync();
        var simulated = await silos.Grains.Simulator(TestSilo.Chain).Simulate(MadeChain.Call(MadeChain.Stopper));

        Assert.Equal(0, settled.Divergences);
        Assert.True(settled.TxsByState[(int)TxState.Included] > 0);
        Assert.Equal(SimAnswerKind.Recorded, simulated.Kind);
    }

    [Fact]
    public void Every_grain_class_has_its_role()
    {
        var grains = typeof(GrainsByRole).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Grain)));

        Assert.Equal(grains.OrderBy(type => type.FullName), GrainsByRole.All.Keys.OrderBy(type => type.FullName));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
