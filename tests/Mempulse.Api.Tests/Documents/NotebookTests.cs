using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Mempulse.Api.Tests.Documents;

/// <summary>The notebook for researchers, run from the top against a node.</summary>
[Collection(nameof(RunningNode))]
public sealed class NotebookTests(RunningNode node)
{
    /// <summary>What the cells computed, held against what the test asks the node itself.</summary>
    private const string Findings = """
        print(json.dumps({
            "events": sum(kinds.values()),
            "kinds": dict(kinds),
            "firsts": sum(row["first"] for row in shares),
            "sources": sorted(row["source"] for row in shares),
            "quantiles": quantiles,
            "steps": len(life["lifecycle"]),
        }))
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_cell_runs_with_the_standard_library_and_finds_what_the_log_has()
    {
        using var notebook = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "events.ipynb"), Stop));
        var cells = notebook.RootElement.GetProperty("cells").EnumerateArray().Where(static cell => cell.GetProperty("cell_type").GetString() == "code").ToList();
        string program = string.Join('\n', cells.Select(static cell => string.Concat(cell.GetProperty("source").EnumerateArray().Select(static line => line.GetString()))).Append(Findings));

        var (exitCode, output, errors) = await RunAsync(program);

        Assert.True(exitCode == 0, errors);
        using var found = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        var status = await node.GetAsync("/status");
        Assert.Equal(status.GetProperty("log").GetProperty("watermark").GetInt64(), found.RootElement.GetProperty("events").GetInt64());
        Assert.Equal(["synthetic-frankfurt", "synthetic-singapore", "synthetic-virginia"], found.RootElement.GetProperty("sources").EnumerateArray().Select(static name => name.GetString()));
        Assert.Equal(4, found.RootElement.GetProperty("quantiles").GetArrayLength());
        Assert.True(found.RootElement.GetProperty("firsts").GetInt32() > 100 && found.RootElement.GetProperty("steps").GetInt32() > 1);
        Assert.All(cells, static cell => Assert.Empty(cell.GetProperty("outputs").EnumerateArray())); // outputs of a run are not kept
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program)
    {
        // -I -S: nothing but the standard library, whatever the machine has.
        var start = new ProcessStartInfo("python3", ["-I", "-S", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment["MEMPULSE_URL"] = node.Client.BaseAddress!.ToString().TrimEnd('/');
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(program.AsMemory(), Stop);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, await output, await errors);
    }
}
