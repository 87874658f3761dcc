namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>Executes mainnet blocks on state witnesses of trie nodes; only the parent header is trusted.</summary>
public sealed class WitnessBlockTests
{
    private const int Blocks = 11;

    [Fact]
    public void Blocks_with_a_witness_match_the_state_root_and_their_header_commitments()
    {
        var archive = new MainnetArchive("blocks-with-witness.tar.zst");

        var run = WitnessBlocks.Run(archive);

        Assert.Empty(run.Failures);
        Assert.Equal(Blocks, run.Blocks);
        Assert.Empty(archive.Remaining);
    }
}
