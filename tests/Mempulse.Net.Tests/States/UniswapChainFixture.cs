namespace Mempulse.Net.Tests.States;

/// <summary>One chain for tests that only look at it.</summary>
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
}
