namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>Executes mainnet blocks from Frontier to Cancun on recorded prestates.</summary>
public sealed class PrestateBlockTests
{
    private const int Blocks = 63;
    private const int CompleteBlocks = 44;
    private const int CompleteFromByzantium = 34;

    [Fact]
    public void Blocks_with_a_complete_prestate_match_their_header_commitments()
    {
        var archive = new MainnetArchive("blocks-with-prestate.tar.zst");
        var run = PrestateBlocks.Run(archive);

        TestContext.Current.TestOutputHelper?.WriteLine(run.ToString());
        Assert.Empty(run.Failures);
        Assert.Equal((Blocks, CompleteBlocks, CompleteFromByzantium), (run.Listed, run.Complete, run.WithReceiptsRoot));
        Assert.Empty(archive.Remaining);
    }
}
