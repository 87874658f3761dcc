using System.Text.Json;

namespace Mempulse.Mutation;

/// <summary>A fault that breaks a promise of docs/guarantees.md, and the test that must notice it.</summary>
/// <param name="Id">Unique over all areas, in kebab case.</param>
/// <param name="Promise">The key of the promise: the text of the link in the row's third column.</param>
/// <param name="File">The file to change, from the root.</param>
/// <param name="Find">The text to replace; it occurs once in the file.</param>
/// <param name="Replace">The text that takes its place.</param>
/// <param name="Test">The full name of a test class, or of a class and a method. Method names have underscores, class names have not.</param>
/// <param name="Survives">Why no test notices it; null for a mutant that must be killed.</param>
internal sealed record PromiseMutant(string Id, string Promise, string File, string Find, string Replace, string Test, string? Survives = null)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The test project: the assembly that the test's namespace begins with.</summary>
    public string TestProject => Test[..(Test.IndexOf(".Tests.", StringComparison.Ordinal) + ".Tests".Length)];

    /// <summary>The filter of the test platform that selects the test, as arguments.</summary>
    public IReadOnlyList<string> Filter => [NamesMethod ? "--filter-method" : "--filter-class", Test];

    /// <summary>The names of the test class and, where one is named, of the method.</summary>
    public IReadOnlyList<string> TestNames => NamesMethod ? Test.Split('.')[^2..] : Test.Split('.')[^1..];

    private bool NamesMethod => Test[(Test.LastIndexOf('.') + 1)..].Contains('_', StringComparison.Ordinal);

    /// <summary>The promise mutants of an area.</summary>
    /// <exception cref="InvalidDataException">The file is not a list of promise mutants.</exception>
    public static IReadOnlyList<PromiseMutant> Of(Area area, string root)
    {
        string path = Path.Combine(root, Area.Folder, area.Name + ".json");
        try
        {
            return JsonSerializer.Deserialize<PromiseMutant[]>(System.IO.File.ReadAllText(path), Format) ?? [];
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"'{path}' is not a list of promise mutants: {failure.Message}", failure);
        }
    }

    /// <summary>The file's text with the fault.</summary>
    /// <exception cref="InvalidDataException">The text to replace does not occur once.</exception>
    public string Apply(string text)
    {
        int first = text.IndexOf(Find, StringComparison.Ordinal);
        return first >= 0 && text.IndexOf(Find, first + 1, StringComparison.Ordinal) < 0
            ? string.Concat(text.AsSpan(0, first), Replace, text.AsSpan(first + Find.Length))
            : throw new InvalidDataException($"The mutant '{Id}' does not fit {File}: expected its text once.");
    }
}
