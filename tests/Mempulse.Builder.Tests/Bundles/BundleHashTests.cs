using System.Text.Json;
using Mempulse.Builder.Bundles;
using Mempulse.Primitives;

namespace Mempulse.Builder.Tests.Bundles;

/// <summary>The hash of a bundle, against the vectors of flashbots/go-utils.</summary>
public sealed class BundleHashTests
{
    [Fact]
    public void The_hash_of_a_bundle_is_the_one_that_builders_name_it_by()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "relay", "bundle-hashes.json")));
        int checkedCount = 0;
        foreach (var vector in file.RootElement.GetProperty("eth_sendBundle").EnumerateArray())
        {
            if (!vector.GetProperty("params").TryGetProperty("txs", out var txs))
            {
                continue; // a cancellation
            }

            BundleTransaction[] transactions = [.. txs.EnumerateArray().Select(tx => BundleTransaction.Read(Convert.FromHexString(tx.GetString()!.AsSpan(2)))!)];

            Assert.Equal(
                Hash256.Parse(vector.GetProperty("expected_hash").GetString()!),
                (MadeBundles.Plain() with { Transactions = transactions }).ComputeBundleHash());
            checkedCount++;
        }

        Assert.Equal(11, checkedCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("02c0")]
    [InlineData("ff")]
    public void Bytes_that_are_no_transaction_are_none(string hex) => Assert.Null(BundleTransaction.Read(Convert.FromHexString(hex)));
}
