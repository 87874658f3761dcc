using Mempulse.Canon.Format;
using Mempulse.Node.Options;
using Microsoft.Extensions.Configuration;

namespace Mempulse.Api.Tests;

public sealed class NodeConfigurationTests
{
    [Theory]
    [InlineData("Mempulse:Log:SegmentSizeBytes", "12", "SegmentSizeBytes")]
    [InlineData("Mempulse:Log:Durability", "sometimes", "Durability")]
    [InlineData("Mempulse:Ingest:QueueCapacityItems", "0", "QueueCapacityItems")]
    [InlineData("Mempulse:Ingest:MaxBatchEvents", "1", "MinBatchEvents")]
    [InlineData("Mempulse:Ingest:Unheard", "1", "Unheard")]
    [InlineData("Mempulse:Unheard", "1", "Unheard")]
    public void A_size_that_does_not_fit_is_refused_by_name(string key, string value, string named)
    {
        var refused = Assert.Throws<NodeUsageException>(() => NodeConfiguration.Read(Of((key, value))));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_and_durability_are_the_operators()
    {
        var options = NodeConfiguration.Read(Of(
            ("Mempulse:Log:SegmentSizeBytes", "1048576"),
            ("Mempulse:Log:Durability", "Os"),
            ("Mempulse:Ingest:QueueCapacityItems", "100"),
            ("Mempulse:Ingest:DropWindow", "00:00:05")));

        Assert.Equal((1L << 20, Durability.Os), (options.Log.SegmentSizeBytes, options.Log.Durability));
        Assert.Equal((100, TimeSpan.FromSeconds(5)), (options.Ingest.QueueCapacityItems, options.Ingest.DropWindow));
    }

    private static IConfigurationRoot Of(params (string Key, string Value)[] entries) => new ConfigurationBuilder()
        .AddInMemoryCollection(entries.ToDictionary(entry => entry.Key, entry => (string?)entry.Value))
        .Build();
}
