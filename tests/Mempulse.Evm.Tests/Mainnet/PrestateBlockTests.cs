namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>Executes mainnet blocks from Frontier to Cancun on recorded prestates.</summary>
/// <remarks>
/// The recordings contain neither trie nodes nor the state after a block, so gas, bloom and receipts root are compared, and the state root is not: a wrong
/// balance that no transaction reads passes. <see cref="WitnessBlockTests"/> compares state.
/// </remarks>
public sealed class PrestateBlockTests
{
    private const int Blocks = 63;
    private const int CompleteBlocks = 44;
    private const int CompleteFromByzantium = 34;

    [Fact]
    public void Blocks_with_a_complete_prestate_match_the_gas_bloom_and_receipts_root_of_their_headers()
    {
        var archive = new MainnetArchive("blocks-with-prestate.tar.zst");
        var run = PrestateBlocks.Run(archive);

        TestContext.Current.TestOutputHelper?.WriteLine(run.ToString());
        Assert.Empty(run.Failures);
        Assert.Equal((Blocks, CompleteBlocks, CompleteFromByzantium), (run.Listed, run.Complete, run.WithReceiptsRoot));
        Assert.Empty(archive.Remaining);
    }
}
