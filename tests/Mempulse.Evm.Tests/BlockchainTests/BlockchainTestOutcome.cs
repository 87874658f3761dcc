namespace Mempulse.Evm.Tests.BlockchainTests;

/// <summary>How a blockchain test came out. Each test leads to one of these.</summary>
internal abstract record BlockchainTestOutcome
{
    private BlockchainTestOutcome()
    {
    }

    /// <summary>All of it was as the test says.</summary>
    /// <param name="ValidBlocks">Blocks that were executed.</param>
    /// <param name="RefusedBlocks">Blocks that had to be refused, and were, for what the test says.</param>
    /// <param name="LeftBlocks">Why blocks that had to be refused were not judged, one reason a block.</param>
    internal sealed record Passed(int ValidBlocks, int RefusedBlocks, List<string> LeftBlocks) : BlockchainTestOutcome;

    /// <summary>It is about something that we do not do.</summary>
    internal sealed record NotJudged(string Reason) : BlockchainTestOutcome;

    /// <summary>Something was otherwise.</summary>
    internal sealed record Failed(string Failure) : BlockchainTestOutcome;
}
