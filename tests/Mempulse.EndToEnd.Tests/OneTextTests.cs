using System.Globalization;
using System.Text.Json;
using Mempulse.Testing.Processes;

namespace Mempulse.EndToEnd.Tests;

/// <summary>What the API answers and what the command prints about the same log is one text: cases, events and audits, byte for byte.</summary>
public sealed class OneTextTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Events_an_audit_and_the_case_of_a_transaction_are_the_same_bytes_from_the_API_and_from_the_command()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        List<string> events = [];
        string audit;
        string tx;
        byte[] bytes;
        ulong at;
        ulong block;
        await using (var node = await NodeProcess.StartAsync(stop, "--data", data.Path, "--speed", "max"))
        {
            var status = await node.WaitUntilAsync("/status", IsSettled, s_limit, stop);
            at = status.GetProperty("log").GetProperty("watermark").GetUInt64();
            block = status.GetProperty("fold").GetProperty("headNumber").GetUInt64();
            await foreach (string text in EventsAsync(node, at, stop))
            {
                events.Add(text);
            }

            tx = (await node.GetAsync("/events?types=TxConfirmed&limit=1", stop)).GetProperty("events")[0].GetProperty("tx").GetString()!;
            bytes = await CaseAsync(node, $"/cases/{tx}?at={at}", stop);
            audit = await node.GetTextAsync($"/blocks/{block}?limit=1000", stop);
            Assert.Equal(0, await node.StopAsync(stop));
        }

        string log = Path.Combine(data.Path, "1");
        var dump = await CommandLine.MempulseAsync(stop, "log", "dump", log, "--json", "--to", $"{at}");
        Assert.Equal(dump.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), events);
        var printed = await CommandLine.MempulseAsync(stop, "audit", block.ToString(CultureInfo.InvariantCulture), "--data", log, "--json");
        Assert.Equal(WithoutPosition(audit), WithoutPosition(printed.LastLine));
        await AssertCaseAsync(data, tx, at, bytes, stop);
    }

    [Fact]
    public async Task The_cases_of_an_opportunity_and_of_its_simulation_are_the_same_bytes_from_the_API_and_from_the_command()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        var cases = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        ulong at;
        await using (var node = await NodeProcess.StartAsync(stop, "--data", data.Path))
        {
            var simulated = (await node.WaitUntilAsync("/events?types=SimCompleted&limit=1", static page => page.GetProperty("events").GetArrayLength() > 0, s_limit, stop)).GetProperty("events")[0];
            at = (await node.GetAsync("/status", stop)).GetProperty("log").GetProperty("watermark").GetUInt64();
            foreach (string id in new[] { simulated.GetProperty("opp").GetString()!, simulated.GetProperty("sim").GetString()! })
            {
                cases.Add(id, await CaseAsync(node, $"/cases/{id}?at={at}", stop));
            }

            Assert.Equal(0, await node.StopAsync(stop));
        }

        foreach (var (id, bytes) in cases)
        {
            await AssertCaseAsync(data, id, at, bytes, stop);
        }
    }

    /// <summary>The command writes the same file, and it is reproduced.</summary>
    private static async Task AssertCaseAsync(TemporaryFolder data, string id, ulong at, byte[] bytes, CancellationToken stop)
    {
        string file = Path.Combine(data.Path, $"{id}.mpcase");
        var exported = await CommandLine.MempulseAsync(stop, "case", "export", id, "--data", Path.Combine(data.Path, "1"), "--out", file, "--at", $"{at}");
        Assert.True(exported.ExitCode == 0, exported.Error);
        Assert.Equal(await File.ReadAllBytesAsync(file, stop), bytes);
        var verified = await CommandLine.MempulseAsync(stop, "case", "verify", file);
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Error);
    }

    private static bool IsSettled(JsonElement status) =>
        status.GetProperty("fold").GetProperty("headNumber") is { ValueKind: JsonValueKind.Number } head && head.GetUInt64() == 22_431_090
        && status.GetProperty("fold").GetProperty("derivedWaiting").GetInt64() == 0
        && status.GetProperty("fold").GetProperty("appliedSeq").GetUInt64() == status.GetProperty("log").GetProperty("watermark").GetUInt64()
        && status.GetProperty("lanes").EnumerateArray().All(static lane => !lane.GetProperty("running").GetBoolean());

    /// <summary>Asks as a client does: again while the file is being made.</summary>
    private static async Task<byte[]> CaseAsync(NodeProcess node, string path, CancellationToken stop)
    {
        while (true)
        {
            var (status, bytes) = await node.TryGetBytesAsync(path, stop);
            if (status != System.Net.HttpStatusCode.ServiceUnavailable)
            {
                Assert.Equal(System.Net.HttpStatusCode.OK, status);
                return bytes;
            }
        }
    }

    /// <summary>The text of each event up to a position, as it is in the pages.</summary>
    private static async IAsyncEnumerable<string> EventsAsync(NodeProcess node, ulong at, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        for (ulong after = 0; after < at;)
        {
            var page = await node.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/events?after={after}&limit=1000"), stop);
            foreach (var one in page.GetProperty("events").EnumerateArray().Where(one => one.GetProperty("seq").GetUInt64() <= at))
            {
                yield return one.GetRawText();
            }

            after = page.GetProperty("next").GetUInt64();
        }
    }

    /// <summary>The audit but for the position that it was asked at: a node writes that it ends.</summary>
    private static string WithoutPosition(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text.Trim(), "\"asOfSeq\":[0-9]+", string.Empty);
}
