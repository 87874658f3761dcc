namespace Mempulse.Evm.Tests.BlockchainTests;

/// <summary>Result of one blockchain test.</summary>
internal abstract record BlockchainTestOutcome
{
    private BlockchainTestOutcome()
    {
    }

    /// <summary>Every block and the final state matched.</summary>
    /// <param name="ValidBlocks">Number of blocks executed.</param>
    /// <param name="RefusedBlocks">Number of invalid blocks that were refused for the expected reason.</param>
    /// <param name="SkippedBlocks">One reason for each invalid block that was skipped.</param>
    internal sealed record Passed(int ValidBlocks, int RefusedBlocks, List<string> SkippedBlocks) : BlockchainTestOutcome;

    /// <summary>A block or the final state did not match.</summary>
    internal sealed record Failed(string Failure) : BlockchainTestOutcome;
}
