using Mempulse.Storage.Postgres;
using Mempulse.Testing.Postgres;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Storage.Tests.Providers;

/// <summary>Real silos over the schema: they find each other, and those that are gone are declared dead.</summary>
public sealed class SilosTests(SharedPostgres postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_silos_form_a_cluster_and_a_client_finds_them()
    {
        string database = await MigratedAsync();
        await using var one = await AdoNetSilo.StartAsync(database, "one", Cancellation);
        await using var two = await AdoNetSilo.StartAsync(database, "two", Cancellation);
        using var client = await AdoNetSilo.ConnectAsync(database, Cancellation);
        var grains = client.Services.GetRequiredService<IGrainFactory>();

        var silos = await Task.WhenAll(Enumerable.Range(0, 64).Select(index => grains.GetGrain<INotebookGrain>($"{index}").Silo()));
        var rows = await one.Membership.ReadAllAsync(Cancellation);

        Assert.Equal(["one", "two"], silos.Distinct().Order());
        Assert.Equal(["one", "two"], rows.Members.Where(static member => member.Item1.Status == SiloStatus.Active).Select(static member => member.Item1.SiloName).Order());
        await client.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_silo_that_is_gone_without_a_word_is_declared_dead_and_its_row_is_deleted_later()
    {
        string database = await MigratedAsync();
        await using var silo = await AdoNetSilo.StartAsync(database, "one", Cancellation);
        var killed = MembershipRows.Silo(1, SiloStatus.Active); // its row is what kill -9 leaves
        Assert.True(await MembershipRows.InsertAsync(silo.Membership, killed, Cancellation));

        await Until.TrueAsync(async () => (await MembershipRows.ReadAsync(silo.Membership, killed, Cancellation))?.Status == SiloStatus.Dead, "the silo is declared dead");
        await silo.Membership.CleanupDefunctSiloEntriesAsync(DateTimeOffset.UnixEpoch, Cancellation);
        Assert.NotNull(await MembershipRows.ReadAsync(silo.Membership, killed, Cancellation));
        await silo.Membership.CleanupDefunctSiloEntriesAsync(DateTimeOffset.MaxValue, Cancellation);

        Assert.Null(await MembershipRows.ReadAsync(silo.Membership, killed, Cancellation));
        Assert.Equal("one", Assert.Single((await silo.Membership.ReadAllAsync(Cancellation)).Members).Item1.SiloName); // the one that lives stays
    }

    [Fact]
    public async Task A_silo_that_stops_says_so_in_its_row()
    {
        string database = await MigratedAsync();
        await using var one = await AdoNetSilo.StartAsync(database, "one", Cancellation);
        var two = await AdoNetSilo.StartAsync(database, "two", Cancellation);
        var address = two.Address;

        await two.DisposeAsync();

        var row = Assert.Single((await one.Membership.ReadRowAsync(address, Cancellation)).Members).Item1;
        Assert.Equal(SiloStatus.Dead, row.Status);
    }

    private async Task<string> MigratedAsync()
    {
        string database = await postgres.CreateDatabaseAsync(Cancellation);
        await ClusterSchema.MigrateAsync(database, Cancellation);
        return database;
    }
}
