using System.Text.Json;

namespace Mempulse.Mutation;

/// <summary>The generic mutants of a project. Those that do not compile, or repeat another, are not counted.</summary>
/// <param name="Project">The project, without "Mempulse.".</param>
/// <param name="Killed">Mutants that a test noticed, by failing or by not ending in time.</param>
/// <param name="Survivors">Mutants that no test noticed: file and line, and what was changed to what.</param>
internal sealed record GenericResult(string Project, int Killed, IReadOnlyList<string> Survivors)
{
    /// <summary>Reads a report in the mutation testing report schema.</summary>
    public static GenericResult Parse(string project, string json)
    {
        using var report = JsonDocument.Parse(json);
        int killed = 0;
        var survivors = new List<string>();
        foreach (var file in report.RootElement.GetProperty("files").EnumerateObject())
        {
            foreach (var mutant in file.Value.GetProperty("mutants").EnumerateArray())
            {
                switch (mutant.GetProperty("status").GetString())
                {
                    case "Killed" or "Timeout":
                        killed++;
                        break;
                    case "Survived" or "NoCoverage":
                        survivors.Add(Describe(file.Name, mutant));
                        break;
                    default:
                        break;
                }
            }
        }

        return new GenericResult(project, killed, survivors);
    }

    private static string Describe(string file, JsonElement mutant)
    {
        int line = mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32();
        string replacement = string.Join(' ', (mutant.GetProperty("replacement").GetString() ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string reached = mutant.GetProperty("status").GetString() == "NoCoverage" ? " (no test reaches it)" : string.Empty;
        return $"{file[(file.IndexOf("/src/", StringComparison.Ordinal) + 1)..]}:{line} {mutant.GetProperty("mutatorName").GetString()}: {replacement}{reached}";
    }
}
