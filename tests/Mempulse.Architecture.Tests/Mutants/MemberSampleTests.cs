using System.Globalization;
using Mempulse.Mutation;

namespace Mempulse.Architecture.Tests.Mutants;

/// <summary>A sample of generic mutants is the same each time, holds whole members, and holds about as many as it says.</summary>
public sealed class MemberSampleTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "Mempulse.Canon");

    [Fact]
    public void A_sample_of_each_member_is_the_whole_project()
    {
        var files = Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 0).ToList();

        var sample = MemberSample.Of(Folder, 1);

        Assert.Equal(files.Count, sample.Count);
        Assert.All(files, path => Assert.Equal(File.ReadAllText(path).Length, Lengths(MemberSample.Spans("f.cs", File.ReadAllText(path), 1)).Sum()));
    }

    [Fact]
    public void The_same_members_are_chosen_each_time() => Assert.Equal(MemberSample.Of(Folder, 3), MemberSample.Of(Folder, 3));

    [Fact]
    public void A_member_keeps_its_place_in_the_sample_when_another_one_grows()
    {
        string source = Source("return 1;");
        string grown = Source("return 1 + 2 + 3;");

        foreach (int oneIn in Enumerable.Range(1, 20))
        {
            Assert.Equal(Chosen(source, oneIn).Select(Declaration), Chosen(grown, oneIn).Select(Declaration));
        }
    }

    [Fact]
    public void A_span_holds_whole_members_and_nothing_of_others() =>
        Assert.Equal(
            ["class A", "int First()", "int Second()", "int Third()", "}\n"],
            Chosen(Source("return 1;"), 1).Select(Declaration));

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(10)]
    public void A_sample_holds_about_its_share_of_the_members(int oneIn)
    {
        string source = string.Concat(Enumerable.Range(0, 2_000).Select(number => $"\n    int M{number}()\n    {{\n        return 1;\n    }}\n"));

        Assert.InRange(Chosen(source, oneIn).Count * oneIn, 1_600, 2_400);
    }

    private static string Source(string body) =>
        $"class A\n{{\n    /// <summary>One.</summary>\n    int Zero() => 0;\n\n    void Empty()\n    {{\n    }}\n\n    [Pure]\n    int First()\n    {{\n        {body}\n    }}\n\n"
        + "    int Second()\n    {\n        return 2;\n    }\n\n    // Why.\n    int Third()\n    {\n        return 3;\n    }\n}\n";

    private static IReadOnlyList<string> Chosen(string source, int oneIn) =>
        [.. Spans(MemberSample.Spans("f.cs", source, oneIn)).Select(span => source[span.Start..span.End])];

    private static string Declaration(string member) =>
        member.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("class", StringComparison.Ordinal) || line.StartsWith("int ", StringComparison.Ordinal)) ?? member;

    private static IEnumerable<int> Lengths(string spans) => Spans(spans).Select(span => span.End - span.Start);

    private static IEnumerable<(int Start, int End)> Spans(string spans) =>
        spans.Split(['{', '}'], StringSplitOptions.RemoveEmptyEntries)
            .Select(span => span.Split(".."))
            .Select(ends => (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[1], CultureInfo.InvariantCulture)));
}
