using Mempulse.Evm.Tests.OwnVectors;
using Mempulse.Evm.Tests.Vectors;

namespace Mempulse.Evm.Tests.BlockchainTests;

/// <summary>
/// Blockchain tests of execution-spec-tests for EIPs that change blocks, which state tests do not cover: fees, blobs, withdrawals, beacon roots, stored
/// hashes, requests.
/// </summary>
public sealed class BlockEipVectorTests
{
    private const int Tests = 1_439;
    private const int ExecutedBlocks = 1_883;
    private const int RefusedBlocks = 371;

    [Fact]
    public void Every_block_is_executed_or_refused_as_its_test_expects()
    {
        var report = VectorRunner.Run(VectorArchive.Read("eest-v5.4.0-blockchain_tests-of-blocks.tar.zst"));

        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.Empty(report.Failures);
        Assert.Empty(report.Skipped);
        Assert.Equal(
            (Tests, ExecutedBlocks, RefusedBlocks),
            (report.Passed.Where(count => count.Key.StartsWith("blockchain tests, ", StringComparison.Ordinal)).Sum(count => count.Value),
                report.Passed[BlockchainTestShape.ExecutedBlocks],
                report.Passed[BlockchainTestShape.RefusedBlocks]));
    }
}
