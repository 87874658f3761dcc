using Mempulse.Builder.Dialects;

namespace Mempulse.Builder.Tests.Dialects;

/// <summary>The descriptions that ship, and what a builder is not known to have.</summary>
public sealed class RelayDialectTests
{
    public static TheoryData<string> Names => [.. RelayDialects.All.Select(dialect => dialect.Name)];

    [Fact]
    public void Three_builders_are_used_by_default_and_two_if_they_are_named()
    {
        Assert.Equal(["bloxroute", "buildernet", "flashbots", "quasar", "titan"], RelayDialects.All.Select(dialect => dialect.Name));
        Assert.Equal(["buildernet", "quasar", "titan"], RelayDialects.Defaults.Select(dialect => dialect.Name));
        Assert.Null(RelayDialects.Find("unknown"));
    }

    [Theory]
    [InlineData("titan", "replacementUuid", "replacementSeqNumber", "titan_getBundleStats", "bundleHash")]
    [InlineData("buildernet", "replacementUuid", "replacementNonce", null, null)]
    [InlineData("quasar", "replacementUuid", "replacementSeqNumber", "quasar_getBundleStats", "bundle_hash")]
    [InlineData("flashbots", "replacementUuid", null, null, null)]
    [InlineData("bloxroute", "uuid", null, null, null)]
    public void Each_builder_has_its_own_words_for_replacement_and_statistics(string name, string uuid, string? sequence, string? statistics, string? hash)
    {
        var dialect = RelayDialects.Find(name)!;
        var send = dialect.Find(RelayMethod.SendBundle)!;

        Assert.Equal(uuid, send.Find(BundleField.ReplacementUuid)!.Name);
        Assert.Equal(sequence, send.Find(BundleField.ReplacementSequence)?.Name);
        Assert.Equal(statistics, dialect.Find(RelayMethod.BundleStatistics)?.Name);
        Assert.Equal(hash, dialect.Find(RelayMethod.BundleStatistics)?.Find(BundleField.BundleHash)?.Name);
    }

    [Fact]
    public void What_no_source_states_is_not_found()
    {
        var titan = RelayDialects.Find("titan")!;

        Assert.Contains(titan.Methods, method => method.Method == RelayMethod.CallBundle);
        Assert.Null(titan.Find(RelayMethod.CallBundle));
        Assert.Contains(titan.Methods[0].Fields, field => field.Field == BundleField.MaxTimestamp);
        Assert.Null(titan.Find(RelayMethod.SendBundle)!.Find(BundleField.MaxTimestamp));
        Assert.Null(RelayDialects.Find("bloxroute")!.Find(RelayMethod.CancelBundle));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stated_limit_holds_and_ours_holds_where_none_is_stated(string name)
    {
        var dialect = RelayDialects.Find(name)!;

        Assert.All(Enum.GetValues<LimitKind>(), kind =>
        {
            var limit = dialect.LimitOf(kind);
            Assert.Equal(dialect.Limits.FirstOrDefault(stated => stated.Of == kind) ?? HouseLimits.Of(kind), limit);
            Assert.True(limit.Value > 0);
        });
    }

    [Theory]
    [InlineData("titan", "https://rpc.titanbuilder.xyz/", "https://stats.titanbuilder.xyz/")]
    [InlineData("buildernet", "https://rpc.buildernet.org/", null)]
    [InlineData("quasar", "https://rpc.quasar.win/", "https://stats.quasar.win/")]
    public void A_builder_has_its_documented_addresses(string name, string requests, string? statistics)
    {
        var dialect = RelayDialects.Find(name)!;

        Assert.Equal(requests, dialect.AddressFor(EndpointUse.Requests)!.AbsoluteUri);
        Assert.Equal(statistics, dialect.AddressFor(EndpointUse.Statistics)?.AbsoluteUri);
    }
}
