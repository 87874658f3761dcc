using System.Text.Json;

namespace Mempulse.Mutation;

/// <summary>The generic mutants of a project. Those that do not compile, or repeat another, are not counted.</summary>
/// <param name="Project">The project, without "Mempulse.".</param>
/// <param name="Mutants">Those that were tried.</param>
internal sealed record GenericResult(string Project, IReadOnlyList<GenericMutant> Mutants)
{
    /// <summary>Reads a report in the mutation testing report schema.</summary>
    public static GenericResult Parse(string project, string json)
    {
        using var report = JsonDocument.Parse(json);
        var mutants = new List<GenericMutant>();
        foreach (var file in report.RootElement.GetProperty("files").EnumerateObject())
        {
            string path = file.Name[(file.Name.IndexOf("/src/", StringComparison.Ordinal) + 1)..];
            string folder = path.Split('/') is [_, _, var first, _, ..] ? first : ".";
            foreach (var mutant in file.Value.GetProperty("mutants").EnumerateArray())
            {
                switch (mutant.GetProperty("status").GetString())
                {
                    case "Killed" or "Timeout":
                        mutants.Add(new GenericMutant(folder, IsKilled: true, Describe(path, mutant)));
                        break;
                    case "Survived" or "NoCoverage":
                        mutants.Add(new GenericMutant(folder, IsKilled: false, Describe(path, mutant)));
                        break;
                    default:
                        break;
                }
            }
        }

        return new GenericResult(project, mutants);
    }

    private static string Describe(string path, JsonElement mutant)
    {
        int line = mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32();
        string replacement = string.Join(' ', (mutant.GetProperty("replacement").GetString() ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string reached = mutant.GetProperty("status").GetString() == "NoCoverage" ? " (no test reaches it)" : string.Empty;
        return $"{path}:{line} {mutant.GetProperty("mutatorName").GetString()}: {replacement}{reached}";
    }
}
