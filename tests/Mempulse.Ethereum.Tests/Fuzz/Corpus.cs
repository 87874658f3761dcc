namespace Mempulse.Ethereum.Tests.Fuzz;

/// <summary>The inputs that fuzzing starts from: one hex line each in Fuzz/corpus, with comments after '#'.</summary>
/// <remarks>An input that once broke a target is added there, so that every run tries it.</remarks>
internal static class Corpus
{
    public static IReadOnlyList<byte[]> Load(string name) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fuzz", "corpus", name))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0)
            .Select(Convert.FromHexString)];

    public static IReadOnlyList<byte[]> LoadText(string name) =>
        [File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fuzz", "corpus", name))];
}
