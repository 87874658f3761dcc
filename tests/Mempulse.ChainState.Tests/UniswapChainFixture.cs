using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Testing.Anvil;

namespace Mempulse.ChainState.Tests;

/// <summary>One chain for tests that only read it, and a swap on it simulated over the state that a node reports.</summary>
public sealed class UniswapChainFixture : IAsyncLifetime
{
    private UniswapChain? _chain;

    internal UniswapChain Chain => _chain ?? throw new InvalidOperationException("The chain has not been started.");

    public async ValueTask InitializeAsync() => _chain = await UniswapChain.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_chain is not null)
        {
            await _chain.DisposeAsync();
        }
    }

    /// <summary>Simulates a swap over the state of a node, with an empty cache.</summary>
    internal async Task<SimRun> SwapAsync(ForwardingNode node, RpcStateOptions options, StateMeter? meter = null)
    {
        await using var provider = Connect(node.Address, options, meter);
        return await SwapAsync(provider, options);
    }

    /// <summary>Simulates a swap over a provider's state.</summary>
    internal async Task<SimRun> SwapAsync(RpcStateProvider provider, RpcStateOptions options)
    {
        var stop = TestContext.Current.CancellationToken;
        var block = SimBlock.After(await provider.HeaderAsync("latest", stop), 1, Fork.Osaka);
        return await new StateSimulation(provider, options, SenderRecovery.CreateBest()).RunAsync(
            new SimRequest { Block = block, Transactions = [new BundleTransaction(Chain.SignSwap(), RevertPolicy.MustSucceed)] }, stop);
    }

    /// <summary>A provider that queries one node, without retries after a failed connection.</summary>
    internal static RpcStateProvider Connect(string address, RpcStateOptions options, StateMeter? meter = null) => new(
        [RpcEndpoint.Parse("node", address)], new RpcConnectionOptions { CallRetries = 0 }, options, SenderRecovery.CreateBest(), meter ?? new StateMeter(UnhostedMeters.Shared, new ChainId(1)), TimeProvider.System);
}
