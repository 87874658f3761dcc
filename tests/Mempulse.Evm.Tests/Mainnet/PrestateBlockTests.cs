namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>Real blocks from Frontier to Cancun, over the accounts that they saw.</summary>
public sealed class PrestateBlockTests
{
    private const int Blocks = 63;
    private const int CompleteBlocks = 44;
    private const int CompleteFromByzantium = 34;

    [Fact]
    public void Complete_blocks_come_to_what_their_headers_commit_to()
    {
        var archive = new MainnetArchive("blocks-with-prestate.tar.zst");
        var run = PrestateBlocks.Run(archive);

        TestContext.Current.TestOutputHelper?.WriteLine(run.ToString());
        Assert.Empty(run.Failures);
        Assert.Equal((Blocks, CompleteBlocks, CompleteFromByzantium), (run.Listed, run.Complete, run.WithReceiptsRoot));
        Assert.Empty(archive.Left);
    }
}
