using System.Diagnostics;
using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Cases;

/// <summary>The case of a landed bundle: what <c>mempulse case export</c> and <c>case verify</c> take as whole commands, and how large the file is.</summary>
internal sealed class CaseFigures : IFigures
{
    private const string Program = "mempulse.dll";
    private const int Rounds = 7;

    /// <inheritdoc/>
    public string Area => "case";

    /// <inheritdoc/>
    public void Print(TextWriter output) => PrintAsync(output).GetAwaiter().GetResult();

    private static async Task PrintAsync(TextWriter output)
    {
        string directory = Directory.CreateTempSubdirectory("mempulse-case-").FullName;
        try
        {
            var landed = await LandedBundle.MakeAsync(directory);
            string file = Path.Combine(directory, "landed.mpcase");
            var (exports, verifications) = (new List<TimeSpan>(), new List<TimeSpan>());
            for (int i = 0; i < Rounds; i++)
            {
                File.Delete(file);
                exports.Add(await RunAsync("case", "export", landed.Bundle, "--data", landed.Directory, "--out", file, "--json"));
                verifications.Add(await RunAsync("case", "verify", file, "--json"));
            }

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"case: a landed bundle in a log of {landed.Events:N0} events, {Rounds} runs of the command, with the start of its process, {Environment.ProcessorCount} cores"));
            await output.WriteLineAsync($"  export {Text(exports)}, goal 1 s; {new FileInfo(file).Length:N0} bytes, goal 1,048,576");
            await output.WriteLineAsync($"  verify {Text(verifications)}, goal 2 s");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<TimeSpan> RunAsync(params string[] arguments)
    {
        long begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, Program), .. arguments]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{Program} did not start.");
        string answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Invariant.That(process.ExitCode == 0, "bench", $"the command succeeds: {answer}");
        return Stopwatch.GetElapsedTime(begun);
    }

    private static string Text(List<TimeSpan> times)
    {
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"median {times[times.Count / 2].TotalSeconds:F2} s, fastest {times[0].TotalSeconds:F2} s, slowest {times[^1].TotalSeconds:F2} s");
    }
}
