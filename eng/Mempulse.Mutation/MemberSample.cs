using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Mempulse.Mutation;

/// <summary>Chooses one in so many members of a project for generic mutants, the same each time: all mutants of a large project take longer than one sitting.</summary>
/// <remarks>
/// What is chosen follows from a member's file and declaration, so that a change of another member does not change the sample. Whole members are chosen:
/// Stryker selects a mutant by the span it lies in, and the mutant of a block spans all that the block holds.
/// </remarks>
internal static class MemberSample
{
    private const string EndOfMember = "\n    }\n";

    /// <summary>The chosen members as patterns of Stryker's --mutate: a file from the project's folder, and the spans of its characters.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="oneIn">How many members there are for each that is chosen; at least 1.</param>
    public static IReadOnlyList<string> Of(string folder, int oneIn) =>
    [
        .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => file.Name + Spans(file.Name, File.ReadAllText(file.Path), oneIn))
            .Where(pattern => pattern[^1] == '}'),
    ];

    /// <summary>The spans of the chosen members of one file, in Stryker's notation; empty when none is chosen.</summary>
    /// <param name="name">The file from the project's folder.</param>
    /// <param name="source">Its text.</param>
    /// <param name="oneIn">How many members there are for each that is chosen; at least 1.</param>
    public static string Spans(string name, string source, int oneIn)
    {
        var spans = new StringBuilder();
        for (int start = 0; start < source.Length;)
        {
            // A member without a block of its own belongs to the next one that has one.
            int end = source.IndexOf(EndOfMember, start, StringComparison.Ordinal) is >= 0 and int found ? found + EndOfMember.Length : source.Length;
            if (IsChosen(name, source[start..end], oneIn))
            {
                spans.Append('{').Append(start).Append("..").Append(end).Append('}');
            }

            start = end;
        }

        return spans.ToString();
    }

    private static bool IsChosen(string name, string member, int oneIn)
    {
        string declaration = member.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0 && line[0] is not ('/' or '[' or '#')) ?? string.Empty;
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\0{declaration}"));
        return BinaryPrimitives.ReadUInt32BigEndian(digest) % (uint)oneIn == 0;
    }
}
