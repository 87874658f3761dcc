using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Testing.Anvil;

namespace Mempulse.ChainState.Tests;

/// <summary>One chain for tests that only look at it, and a swap on it over what some node says of its state.</summary>
public sealed class UniswapChainFixture : IAsyncLifetime
{
    private UniswapChain? _chain;

    internal UniswapChain Chain => _chain ?? throw new InvalidOperationException("The chain is not up.");

    public async ValueTask InitializeAsync() => _chain = await UniswapChain.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_chain is not null)
        {
            await _chain.DisposeAsync();
        }
    }

    /// <summary>Simulates a swap over the state that a node gives, asked for the first time.</summary>
    internal async Task<SimRun> SwapAsync(ForwardingNode node, RpcStateOptions options)
    {
        await using var provider = Connect(node.Address, options);
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

    /// <summary>A provider that asks one node, once where the connection fails.</summary>
    internal static RpcStateProvider Connect(string address, RpcStateOptions options) => new(
        [RpcEndpoint.Parse("node", address)], new RpcConnectionOptions { CallRetries = 0 }, options, SenderRecovery.CreateBest(), new StateMeter(UnhostedMeters.Shared, new ChainId(1)), TimeProvider.System);
}
