using System.Text.Json;
using Mempulse.Testing.Processes;

namespace Mempulse.EndToEnd.Tests.Bundles;

/// <summary>What tests of bundles ask the service.</summary>
internal static class BundleNode
{
    /// <summary>How long anything may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>Waits until the fold has a head.</summary>
    public static Task FollowingAsync(this NodeProcess node, CancellationToken stop) =>
        node.WaitUntilAsync("/status", static status => status.GetProperty("fold").GetProperty("headNumber").ValueKind == JsonValueKind.Number, Limit, stop);

    /// <summary>The last fact of a kind that is wanted, once there is one.</summary>
    public static async Task<JsonElement> EventAsync(this NodeProcess node, string kind, Func<JsonElement, bool> isWanted, CancellationToken stop)
    {
        var page = await node.WaitUntilAsync(Path(kind), page => Payloads(page).Any(isWanted), Limit, stop);
        return Payloads(page).Last(isWanted);
    }

    /// <summary>The facts of a kind.</summary>
    public static async Task<IReadOnlyList<JsonElement>> EventsAsync(this NodeProcess node, string kind, CancellationToken stop) => [.. Payloads(await node.GetAsync(Path(kind), stop))];

    /// <summary>The records of a kind, with their keys.</summary>
    public static async Task<IReadOnlyList<JsonElement>> RecordsAsync(this NodeProcess node, string kind, CancellationToken stop) =>
        [.. (await node.GetAsync(Path(kind), stop)).GetProperty("events").EnumerateArray()];

    /// <summary>The last record of a kind that is wanted, once there is one.</summary>
    public static async Task<JsonElement> RecordAsync(this NodeProcess node, string kind, Func<JsonElement, bool> isWanted, CancellationToken stop)
    {
        var page = await node.WaitUntilAsync(Path(kind), page => page.GetProperty("events").EnumerateArray().Any(isWanted), Limit, stop);
        return page.GetProperty("events").EnumerateArray().Last(isWanted);
    }

    private static string Path(string kind) => $"/events?types={kind}&limit=1000";

    private static IEnumerable<JsonElement> Payloads(JsonElement page) => page.GetProperty("events").EnumerateArray().Select(static record => record.GetProperty("payload"));
}
