namespace Mempulse.ChainState.Tests;

/// <summary>Tests of nodes that lie, lack methods or fail: all proxies of one real chain, which none of them changes.</summary>
[CollectionDefinition(Name)]
public sealed class UntrustedNodes : ICollectionFixture<UniswapChainFixture>
{
    public const string Name = "untrusted nodes";
}
