using Mempulse.Grains.Logs;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Mempulse.Api.Tests.Settings;

/// <summary>The settings of a cluster are those that .NET Aspire writes; one that is missing or not valid is said in a sentence.</summary>
public sealed class ClusterSettingsTests
{
    private const string Connection = "Host=127.0.0.1;Port=1;Database=mempulse;Username=mempulse;Password=planted-secret";

    private static readonly string[] _enough =
        ["Orleans:Clustering:ProviderType=AdoNet", "Orleans:ClusterId=prod", "Orleans:ServiceId=mempulse", "ConnectionStrings:mempulse=" + Connection];

    [Fact]
    public void A_node_without_them_is_a_cluster_of_its_own() => Assert.Null(BuiltNode.Of().Options.Cluster);

    [Fact]
    public async Task A_provider_two_ids_and_a_connection_string_suffice()
    {
        await using var node = BuiltNode.Of(_enough);

        Assert.Equal(new ClusterSettings("prod", Connection), node.Options.Cluster);
        Assert.Equal(("prod", "mempulse"), (node.Of<ClusterOptions>().ClusterId, node.Of<ClusterOptions>().ServiceId));
        Assert.Equal("127.0.0.1", node.Of<EndpointOptions>().AdvertisedIPAddress.ToString());
        Assert.Equal(("Npgsql", Connection), (node.Of<AdoNetClusteringSiloOptions>().Invariant, node.Of<AdoNetClusteringSiloOptions>().ConnectionString));
        Assert.Equal(Connection, node.Of<AdoNetReminderTableOptions>().ConnectionString);
        Assert.Equal(Connection, node.Get<IOptionsMonitor<AdoNetGrainStorageOptions>>().Get("PubSubStore").ConnectionString);
        Assert.NotNull(node.Of<LogHostOptions>().Registers);
    }

    [Theory]
    [InlineData("Orleans:Clustering:ProviderType=Redis", "'Redis' is not a valid Orleans:Clustering:ProviderType: expected AdoNet.")]
    [InlineData("Orleans:Clustering:Invariant=MySql.Data", "'MySql.Data' is not a valid Orleans:Clustering:Invariant: expected Npgsql.")]
    [InlineData("Orleans:Clustering:ProviderType=", "Cannot join a cluster: Orleans:ClusterId is set, and Orleans:Clustering:ProviderType is not. Set it to AdoNet, or remove the id.")]
    [InlineData("Orleans:ClusterId=", "Cannot join a cluster: Orleans:ClusterId is not set. Give all silos of the cluster the same one.")]
    [InlineData("Orleans:ServiceId=", "Cannot join a cluster: Orleans:ServiceId is not set. Give all silos of the cluster the same one.")]
    [InlineData("ConnectionStrings:mempulse=", "Cannot join a cluster: there is no connection string 'mempulse'. Set ConnectionStrings__mempulse.")]
    [InlineData("Orleans:Clustering:ConnectionName=other", "Cannot join a cluster: there is no connection string 'other'. Set ConnectionStrings__other.")]
    [InlineData("Orleans:Endpoints:AdvertisedIPAddress=here", "'here' is not a valid Orleans:Endpoints:AdvertisedIPAddress: expected an IP address.")]
    public void What_is_missing_or_not_valid_is_said_in_a_sentence(string changed, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<NodeUsageException>(() => BuiltNode.Of([.. _enough, changed])).Message);

    [Fact]
    public void A_silo_holds_no_log_that_its_cluster_does_not_have()
    {
        var node = BuiltNode.Of("Mempulse:ChainIds=1,10", "Mempulse:LogChains=10,137");

        var refused = Assert.Throws<NodeUsageException>(() => HeldChains.Of(node.Options, NodeInput.Elsewhere(node.Options.ChainIds)));

        Assert.Equal("Cannot hold the log of chain 137: it is not one of the chains 1, 10. Name it in Mempulse:ChainIds, or give its --rpc.", refused.Message);
    }

    [Theory]
    [InlineData("log", "10", "10")]
    [InlineData("log", null, "1 10")]
    [InlineData("worker", "10", "")]
    public void A_silo_holds_the_logs_that_it_names_or_all_if_it_has_the_role(string roles, string? named, string held)
    {
        var node = BuiltNode.Of(["Mempulse:ChainIds=1,10", "Mempulse:Roles=" + roles, .. named is null ? Array.Empty<string>() : ["Mempulse:LogChains=" + named]]);

        Assert.Equal(held, string.Join(' ', HeldChains.Of(node.Options, NodeInput.Elsewhere(node.Options.ChainIds)).Chains));
    }

    [Theory]
    [InlineData("1,x")]
    [InlineData("0")]
    [InlineData("")]
    public void Chains_that_are_not_numbers_are_refused(string chains) =>
        Assert.Contains("is not a valid chain id", Assert.Throws<NodeUsageException>(() => BuiltNode.Of("Mempulse:ChainIds=" + chains)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task No_grain_is_moved_while_it_is_active()
    {
        // A fold that moved would have to be read again from its log; placement decides once.
        await using var node = BuiltNode.Of(_enough);

        Assert.False(HasService(node, "ActivationRepartitioner"));
        Assert.False(HasService(node, "ActivationRebalancer"));
    }

    private static bool HasService(BuiltNode node, string name) =>
        node.App.Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>().Any(part => part.GetType().Name.Contains(name, StringComparison.Ordinal));
}
