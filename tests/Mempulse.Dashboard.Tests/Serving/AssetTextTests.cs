using Mempulse.Dashboard.Serving;

namespace Mempulse.Dashboard.Tests.Serving;

/// <summary>Scripts and style sheets lose what only their authors need, and nothing else.</summary>
public sealed class AssetTextTests
{
    [Theory]
    [InlineData("  const a = b ? c : d; // why\n\n// all of it\n  f(a, b);", "const a=b?c:d;\nf(a,b);\n")]
    [InlineData("say(\"a = b, // c\", 'd : e', `${f} ? g`);", "say(\"a = b, // c\",'d : e',`${f} ? g`);\n")]
    [InlineData("a - -b; typeof c; x / y", "a - -b;typeof c;x / y\n")]
    [InlineData("u = \"a \\\" , b\" + v", "u=\"a \\\" , b\" + v\n")]
    public void A_script_loses_comments_and_spaces_around_signs_and_keeps_its_texts(string script, string served) =>
        Assert.Equal(served, AssetText.Script(script));

    [Fact]
    public void A_style_sheet_loses_lines_that_are_comments() =>
        Assert.Equal(".a .b{c:d e}\n.f{g:h} /* i */\n", AssetText.Sheet("/* what */\n\n  .a .b{c:d e}\n.f{g:h} /* i */\n"));
}
