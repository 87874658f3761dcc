using Mempulse.Storage.Postgres;
using Mempulse.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;

namespace Mempulse.Storage.Tests.Providers;

/// <summary>The membership table over the schema: of changes that were made from the same version one succeeds, and a refused one leaves nothing.</summary>
public sealed class MembershipTableTests(SharedPostgres postgres)
{
    private string? _database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_changes_from_the_same_version_one_succeeds()
    {
        var table = await TableAsync("one");
        var before = (await table.ReadAllAsync(Cancellation)).Version;

        bool[] added = await Task.WhenAll(Enumerable.Range(1, 32).Select(index => table.InsertRowAsync(MembershipRows.Silo(index, SiloStatus.Joining), before.Next(), Cancellation)));

        var after = await table.ReadAllAsync(Cancellation);
        Assert.Single(added, static isAdded => isAdded);
        Assert.Equal((before.Version + 1, 1), (after.Version.Version, after.Members.Count));
    }

    [Fact]
    public async Task Of_many_changes_of_one_silo_from_the_same_version_one_succeeds()
    {
        var table = await TableAsync("one");
        Assert.True(await MembershipRows.InsertAsync(table, MembershipRows.Silo(1, SiloStatus.Joining), Cancellation));
        var before = (await table.ReadAllAsync(Cancellation)).Version;

        bool[] changed = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => table.UpdateRowAsync(MembershipRows.Silo(1, SiloStatus.Active), before.VersionEtag, before.Next(), Cancellation)));

        Assert.Single(changed, static isChanged => isChanged);
        Assert.Equal(before.Version + 1, (await table.ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task Changes_under_way_at_once_are_each_made_once_and_counted()
    {
        const int silos = 8, changes = 10;
        var table = await TableAsync("one");
        var entries = Enumerable.Range(1, silos).Select(static index => MembershipRows.Silo(index, SiloStatus.ShuttingDown)).ToArray();
        foreach (var entry in entries)
        {
            Assert.True(await MembershipRows.InsertAsync(table, entry, Cancellation));
        }

        var before = (await table.ReadAllAsync(Cancellation)).Version;
        await Task.WhenAll(entries.Select(async entry =>
        {
            for (int change = 0; change < changes; change++)
            {
                await table.UpdateIAmAliveAsync(entry, Cancellation); // beside the others, and without the version
                entry.SuspectTimes = [.. entry.SuspectTimes ?? [], Tuple.Create(entry.SiloAddress, DateTime.UnixEpoch)];
                while (!await MembershipRows.UpdateAsync(table, entry, Cancellation))
                {
                    Cancellation.ThrowIfCancellationRequested();
                }
            }
        }));

        var after = await table.ReadAllAsync(Cancellation);
        Assert.Equal(before.Version + (silos * changes), after.Version.Version);
        Assert.All(after.Members, static member => Assert.Equal(changes, member.Item1.SuspectTimes?.Count));
    }

    [Fact]
    public async Task A_change_of_a_silo_without_a_row_and_a_second_row_of_one_are_refused_without_a_new_version()
    {
        var table = await TableAsync("one");
        var known = MembershipRows.Silo(1, SiloStatus.Dead);
        Assert.True(await MembershipRows.InsertAsync(table, known, Cancellation));
        var before = (await table.ReadAllAsync(Cancellation)).Version;

        Assert.False(await MembershipRows.InsertAsync(table, known, Cancellation));
        Assert.False(await MembershipRows.UpdateAsync(table, MembershipRows.Silo(2, SiloStatus.Dead), Cancellation));

        Assert.Equal(before.Version, (await table.ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task A_sign_of_life_changes_its_time_and_no_version()
    {
        var table = await TableAsync("one");
        var entry = MembershipRows.Silo(1, SiloStatus.Dead);
        Assert.True(await MembershipRows.InsertAsync(table, entry, Cancellation));
        var before = (await table.ReadAllAsync(Cancellation)).Version;

        entry.IAmAliveTime = DateTime.UnixEpoch.AddDays(7);
        await table.UpdateIAmAliveAsync(entry, Cancellation);

        Assert.Equal(DateTime.UnixEpoch.AddDays(7), (await MembershipRows.ReadAsync(table, entry, Cancellation))!.IAmAliveTime);
        Assert.Equal(before.Version, (await table.ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task The_rows_of_a_cluster_are_deleted_and_those_of_another_one_stay()
    {
        var (one, two) = (await TableAsync("one"), await TableAsync("two"));
        Assert.True(await MembershipRows.InsertAsync(one, MembershipRows.Silo(1, SiloStatus.Active), Cancellation));
        Assert.True(await MembershipRows.InsertAsync(two, MembershipRows.Silo(1, SiloStatus.Active), Cancellation));

        await two.DeleteMembershipTableEntriesAsync("two", Cancellation);
        await two.InitializeMembershipTableAsync(true, Cancellation);

        Assert.Single((await one.ReadAllAsync(Cancellation)).Members);
        Assert.Empty((await two.ReadAllAsync(Cancellation)).Members);
    }

    [Fact]
    public async Task A_dead_silo_is_deleted_only_if_it_gave_its_last_sign_of_life_before_the_time_that_is_given()
    {
        var table = await TableAsync("one");
        var (dead, later, alive) = (MembershipRows.Silo(1, SiloStatus.Dead), MembershipRows.Silo(2, SiloStatus.Dead), MembershipRows.Silo(3, SiloStatus.Active));
        later.IAmAliveTime = DateTime.UnixEpoch.AddDays(2);
        foreach (var entry in (MembershipEntry[])[dead, later, alive])
        {
            Assert.True(await MembershipRows.InsertAsync(table, entry, Cancellation));
        }

        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(DateTime.UnixEpoch.AddDays(1)), Cancellation);

        Assert.Equal(["silo-2", "silo-3"], (await table.ReadAllAsync(Cancellation)).Members.Select(static member => member.Item1.SiloName).Order());
    }

    /// <summary>The table of a cluster, all of one database.</summary>
    private async Task<IMembershipTable> TableAsync(string cluster)
    {
        _database ??= await postgres.CreateDatabaseAsync(Cancellation);
        await ClusterSchema.MigrateAsync(_database, Cancellation);
        await using var services = new ServiceCollection().BuildServiceProvider();
        var table = new AdoNetClusteringTable(
            services,
            Options.Create(new ClusterOptions { ClusterId = cluster, ServiceId = cluster }),
            Options.Create(new AdoNetClusteringSiloOptions { Invariant = "Npgsql", ConnectionString = _database }),
            NullLogger<AdoNetClusteringTable>.Instance);
        await table.InitializeMembershipTableAsync(true, Cancellation);
        return table;
    }
}
