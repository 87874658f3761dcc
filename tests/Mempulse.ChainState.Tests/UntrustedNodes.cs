namespace Mempulse.ChainState.Tests;

/// <summary>Tests of nodes that lie, lack and fail: all before one real chain, which none of them changes.</summary>
[CollectionDefinition(Name)]
public sealed class UntrustedNodes : ICollectionFixture<UniswapChainFixture>
{
    public const string Name = "untrusted nodes";
}
