using System.Text.Json;
using Mempulse.Testing.Processes;
using Mempulse.Storage.Cases;

namespace Mempulse.EndToEnd.Tests.Bundles;

/// <summary>The case file of a bundle, exported from the data of a node that stopped, and verified without them.</summary>
/// <param name="Content">What is in the file.</param>
/// <param name="Exported">What the export printed.</param>
/// <param name="Verified">What the verification printed.</param>
internal sealed record BundleCase(CaseContent Content, JsonElement Exported, JsonElement Verified)
{
    /// <summary>The events that are in it as they were logged.</summary>
    public IReadOnlyList<string> AsLogged => Texts("asLogged");

    /// <summary>The events that follow from its facts.</summary>
    public IReadOnlyList<string> Events => Texts("events");

    /// <summary>The results that follow from its contents.</summary>
    public IReadOnlyList<string> Results => Texts("results");

    /// <summary>The id of the first bundle that a node built.</summary>
    public static async Task<string> FirstBundleAsync(NodeProcess node, CancellationToken stop) =>
        (await node.GetAsync("/events?types=BundleBuilt&limit=1", stop)).GetProperty("events")[0].GetProperty("bundle").GetString()!;

    /// <summary>Exports and verifies.</summary>
    public static async Task<BundleCase> OfAsync(BundleWorld world, string bundle, CancellationToken stop, params string[] more)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "case.mpcase");
        var exported = await CommandLine.MempulseAsync(stop, ["case", "export", bundle, "--data", world.DataPath, "--out", file, "--json", .. more]);
        Assert.True(exported.ExitCode == 0, exported.Error);
        var verified = await CommandLine.MempulseAsync(stop, "case", "verify", file, "--json");
        Assert.True(verified.ExitCode == 0, verified.Error + verified.Output);
        return new BundleCase(CaseFile.Read(file), JsonDocument.Parse(exported.Output).RootElement, JsonDocument.Parse(verified.Output).RootElement);
    }

    private string[] Texts(string name) => [.. Verified.GetProperty(name).EnumerateArray().Select(static one => one.GetString()!)];
}
