using System.Net;

namespace Mempulse.Storage.Tests.Providers;

/// <summary>Rows of a membership table, each change from the version that is there.</summary>
internal static class MembershipRows
{
    /// <summary>A silo that is not there: nothing listens on its port.</summary>
    public static MembershipEntry Silo(int index, SiloStatus status) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, 1, index),
        SiloName = $"silo-{index}",
        HostName = "localhost",
        Status = status,
        ProxyPort = 0,
        StartTime = DateTime.UnixEpoch,
        IAmAliveTime = DateTime.UnixEpoch,
    };

    public static async Task<bool> InsertAsync(IMembershipTable table, MembershipEntry entry, CancellationToken cancellationToken) =>
        await table.InsertRowAsync(entry, (await table.ReadAllAsync(cancellationToken)).Version.Next(), cancellationToken);

    public static async Task<bool> UpdateAsync(IMembershipTable table, MembershipEntry entry, CancellationToken cancellationToken)
    {
        var version = (await table.ReadAllAsync(cancellationToken)).Version;
        return await table.UpdateRowAsync(entry, version.VersionEtag, version.Next(), cancellationToken);
    }

    public static async Task<MembershipEntry?> ReadAsync(IMembershipTable table, MembershipEntry entry, CancellationToken cancellationToken) =>
        (await table.ReadRowAsync(entry.SiloAddress, cancellationToken)).Members.SingleOrDefault()?.Item1;
}
