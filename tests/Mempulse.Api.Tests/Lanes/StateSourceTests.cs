using System.Diagnostics.Metrics;
using Mempulse.Api.Tests.Settings;
using Mempulse.Api.Tests.Stubs;
using Mempulse.ChainState;
using Mempulse.Grains.Simulations;
using Mempulse.Node.Lanes;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Testing.Nodes;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Tests.Lanes;

/// <summary>Where simulations read state, and with which demands.</summary>
public sealed class StateSourceTests
{
    [Theory]
    [InlineData(false, 1, 0)]
    [InlineData(true, 0, 1)]
    public async Task State_is_read_from_its_own_node_and_otherwise_from_the_chains(bool hasOwn, int fromChain, int fromOwn)
    {
        await using var chain = new ScriptedNode();
        await using var own = new ScriptedNode();
        await using var node = BuiltNode.Of(["--chain", "1", "--rpc", chain.HttpAddress, .. hasOwn ? (string[])["--state-rpc", own.HttpAddress] : [], "--chain", "5", "--rpc", "ws://127.0.0.1:1"]);

        var states = StateInput.Of(node.Options, new NodeInput([new ChainId(1), new ChainId(5), new ChainId(7)], [], IsSynthetic: false, new FoldParameters(), string.Empty));
        var provider = states[0].Value(new StateContext(new RpcStateOptions(), new StateMeter(UnhostedMeters.Shared, new ChainId(1)), TimeProvider.System));
        await Assert.ThrowsAnyAsync<Exception>(() => provider.HeaderAsync("latest", TestContext.Current.CancellationToken)); // it has no block

        Assert.Equal([new ChainId(1), new ChainId(5)], states.Select(state => state.Key));
        Assert.Equal((fromChain > 0, fromOwn > 0), (chain.Messages > 0, own.Messages > 0));
        await ((IAsyncDisposable)provider).DisposeAsync();
    }

    [Fact]
    public async Task The_least_trust_and_the_limits_of_the_settings_are_those_of_the_source_and_of_the_simulator()
    {
        await using var node = BuiltNode.Of("Mempulse:Simulation:State:LeastTrust=Verified", "Mempulse:Simulation:State:MaxRounds=3", "Mempulse:Simulation:MaxInFlight=2", "Mempulse:Simulation:Patience=00:00:07");
        StateContext? given = null;
        var options = node.Of<SimHostOptions>();
        options.States = [KeyValuePair.Create<ChainId, Func<StateContext, IStateProvider>>(new ChainId(1), context =>
        {
            given = context;
            return GrainAnswers.Proxy.Of<IStateProvider>(static (_, _) => ValueTask.CompletedTask);
        })];

        var host = new SimHost(Options.Create(options), node.Get<SimMeter>(), node.Get<IMeterFactory>(), TimeProvider.System);

        var simulator = host.SimulatorOf(new ChainId(1))!;
        Assert.Equal((StateTrust.Verified, 3), (given!.Options.LeastTrust, given.Options.MaxRounds));
        Assert.Equal((TimeSpan.FromSeconds(7), true), (host.Patience, host.SimulatorOf(new ChainId(5)) is null));
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal((true, true, false), (simulator.TryEnter(), simulator.TryEnter(), simulator.TryEnter()));
            simulator.Leave();
            simulator.Leave();
        }
    }
}
