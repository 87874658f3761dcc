namespace Mempulse.Cli.Tests.Descriptors;

/// <summary>Descriptors come from strangers: one that leads out of its folder or demands too much is refused with a sentence, and nothing is written.</summary>
public sealed class HostileDescriptorTests : IDisposable
{
    private const string Context = """" "context": {"contract": {"deployments": [{"chainId": 1, "address": "0x00000000000000000000000000000000000000aa"}]}} """";

    private readonly ScratchDirectory _scratch = new();

    public HostileDescriptorTests()
    {
        Directory.CreateDirectory(_scratch["in"]);
        File.WriteAllText(_scratch["empty.json"], """{"format": 1}""");
        File.WriteAllText(_scratch["secret.json"], $$"""{ {{Context}} }""");
    }

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("../secret.json")]
    [InlineData("x/../../secret.json")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\\\secret.json")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://example.org/x.json")]
    [InlineData("")]
    public Task An_include_outside_of_the_folder_is_refused(string include) => RefusesAsync($$"""{"includes": "{{include}}"}""", "is not a file inside of the folder that is imported");

    [Fact]
    public async Task A_link_out_of_the_folder_is_refused()
    {
        File.CreateSymbolicLink(_scratch["in/link.json"], _scratch["secret.json"]);
        Directory.CreateSymbolicLink(_scratch["in/up"], _scratch.Path);

        await RefusesAsync("""{"includes": "link.json"}""", "'link.json' is a link");
        await RefusesAsync("""{"includes": "up/secret.json"}""", "'up/secret.json' is a link");
    }

    [Fact]
    public async Task Includes_in_a_circle_or_without_end_are_refused()
    {
        Write("in/b.json", """{"includes": "a.json"}""");
        await RefusesAsync("""{"includes": "b.json"}""", "'a.json' includes itself: a.json includes b.json includes a.json.");

        for (int i = 0; i < 9; i++)
        {
            Write($"in/c{i}.json", $$"""{"includes": "c{{i + 1}}.json"}""");
        }

        await RefusesAsync("""{"includes": "c0.json"}""", "includes more than 4 files one after the other");
    }

    [Theory]
    [InlineData("{", "'a.json' is not JSON")]
    [InlineData("[]", "'a.json' is not a JSON object")]
    [InlineData("""{"a": 1, "a": 2}""", "'a.json' is not JSON")]
    [InlineData("""{"includes": 7}""", "has includes that are not the name of a file")]
    [InlineData("""{"includes": "none.json"}""", "'none.json' is not in the folder")]
    [InlineData("""{"context": {"contract": {"deployments": [{"chainId": -1, "address": "0x00000000000000000000000000000000000000aa"}]}}}""", "a deployment has no chain id and address")]
    [InlineData("""{"context": {"contract": {"deployments": [7]}}}""", "a deployment has no chain id and address")]
    [InlineData("""{"context": {"$id": 7, "contract": {"deployments": [{"chainId": 1, "address": "0x00000000000000000000000000000000000000aa"}]}}}""", "'a.json' is not a descriptor")]
    public Task A_file_that_is_not_a_descriptor_is_refused(string content, string sentence) => RefusesAsync(content, sentence);

    [Fact]
    public async Task What_is_too_much_is_refused()
    {
        string functions = string.Join(',', Enumerable.Range(0, 1_025).Select(static i => $$"""" "f{{i}}()": {"fields": []} """"));
        string deployments = string.Join(',', Enumerable.Range(0, 1_025).Select(static i => $$"""{"chainId": {{i}}, "address": "0x00000000000000000000000000000000000000aa"}"""));

        await RefusesAsync(new string(' ', (1 << 20) + 1), "'a.json' has 1048577 bytes: the limit is 1048576");
        await RefusesAsync($$"""{"context": {"contract": {"deployments": [{{deployments}}]} } }""", "has 1025 deployments: the limit is 1024");
        await RefusesAsync($$"""{ {{Context}}, "display": {"formats": { {{functions}} } } }""", "has 1025 functions: the limit is 1024");
        await RefusesAsync(string.Concat(Enumerable.Repeat("""{"a":""", 100)) + "1" + new string('}', 100), "'a.json' is not JSON");
    }

    [Fact]
    public async Task A_function_that_cannot_be_expressed_is_skipped_with_the_reason_and_the_others_are_imported()
    {
        string fields = string.Join(',', Enumerable.Repeat("""{"format": "raw", "path": "a"}""", 257));
        Write(
            "in/a.json",
            $$"""
            { {{Context}}, "display": {"formats": {
                "good(uint256 a)": {"fields": [{"format": "amount", "path": "a"}]},
                "good(uint a)": {"fields": []},
                "0x12345678": {"fields": []},
                "notList()": {"fields": 7},
                "missing(uint256 a)": {"fields": [{"format": "amount", "path": "b"}]},
                "reference(uint256 a)": {"fields": [{"$ref": "$.display.definitions.none"}]},
                "many(uint256 a)": {"fields": [{{fields}}]},
                "groups(uint256 a)": {"fields": [{"fields": [{"fields": [{"fields": [{"fields": [{"fields": []}]}]}]}]}]} } } }
            """);

        var run = await ImportAsync("--json");

        Assert.Equal((0, 2), (run.ExitCode, (int)run.Json["functions"]!));
        Assert.Equal(
            ["good(uint a)", "0x12345678", "missing(uint256 a)", "reference(uint256 a)", "many(uint256 a)", "groups(uint256 a)"],
            run.Json["skipped"]!.AsArray().Select(static one => (string)one!["entry"]!));
        Assert.All(run.Json["skipped"]!.AsArray(), static one => Assert.NotEmpty((string)one!["reason"]!));
    }

    private void Write(string name, string content) => File.WriteAllText(_scratch[name], content);

    private async Task RefusesAsync(string content, string sentence)
    {
        await File.WriteAllTextAsync(_scratch["in/a.json"], content, TestContext.Current.CancellationToken);
        var run = await ImportAsync();

        Assert.Equal((1, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_scratch["out.json"]));
    }

    private Task<CliRun> ImportAsync(params string[] options) =>
        CliRun.InProcessAsync(["registry", "import", _scratch["in/a.json"], "--into", _scratch["empty.json"], "--out", _scratch["out.json"], .. options]);
}
