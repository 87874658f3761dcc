using System.Text;
using Mempulse.Features.Registry;

namespace Mempulse.Features.Tests.Registry;

/// <summary>A registry that is made to cost memory, time or the process is refused with a sentence.</summary>
public sealed class HostileRegistryTests
{
    private const string Address = "0x00000000000000000000000000000000000000aa";

    [Fact]
    public void A_million_entries_of_any_kind_are_refused_when_the_first_beyond_the_bound_is_read()
    {
        const int Million = 1_000_000;
        string commands = string.Join(',', Enumerable.Range(0, 256).Select(static i => $$"""" "{{i:x2}}":{"signature":"C()","category":"swap"}""""));
        (string Parts, string Sentence)[] cases =
        [
            ($$"""" "contracts": [{"chains": [{{string.Join(',', Enumerable.Range(0, Million))}}], "address": "{{Address}}", "name": "A", "protocol": "p", "kind": "k"}]"""", "more than 100000 contracts"),
            ($$"""" "pools": [{"chains": [{{string.Join(',', Enumerable.Range(0, Million))}}], "name": "A", "protocol": "p", "tokens": {"{{Address}}": []} }]"""", "more than 100000 contracts"),
            ($$"""" "abis": {"x": {"protocol": "p", "functions": [{{Repeat(300_000, static i => $$"""{"signature":"f{{i}}()","category":"swap"}""")}}]} }"""", "more than 100000 functions"),
            ($$"""" "abis": { {{Repeat(300_000, static i => $$"""" "a{{i}}":{"protocol":"p"}"""")}} }"""", "more than 100000 ABIs"),
            ($$"""" "commandTables": { {{Repeat(300_000, static i => $$"""" "t{{i}}":{"protocol":"p","mask":"ff"}"""")}} }"""", "more than 100000 command tables"),
            ($$"""" "commandTables": { {{Repeat(500, i => $$"""" "t{{i}}":{"protocol":"p","mask":"ff","commands":{{{commands}}} }"""")}} }"""", "more than 100000 commands"),
            ($$"""" "selectors": [{{Repeat(300_000, static _ => """{"signature":"f()","protocol":"p","category":"swap"}""")}}]"""", "more than 100000 selectors"),
            ($$"""" "wrappedEther": { {{Repeat(300_000, static i => $$"""" "{{i}}":"{{Address}}" """")}} }"""", "more than 100000 chains"),
        ];

        Assert.All(cases, static one => Refuses(one.Parts, one.Sentence));
    }

    [Fact]
    public void Sets_of_large_ABIs_do_not_multiply_into_memory()
    {
        string Abi(string name, int count) => $$"""" "{{name}}": {"protocol": "p", "functions": [{{Repeat(count, i => $$"""{"signature":"{{name}}{{i}}()","selector":"0x{{(name[0] << 24) + i:x8}}","category":"swap"}""")}}]} """";
        string small = string.Join(',', Enumerable.Range(0, 20).Select(i => Abi(((char)('a' + i)).ToString(), 1)));
        string contracts = Repeat(20, i => $$"""{"address": "0x{{i + 1:x40}}", "name": "A", "protocol": "p", "kind": "k", "abis": ["z", "{{(char)('a' + i)}}"]}""");

        Refuses($$"""" "abis": { {{Abi("z", 60_000)}}, {{small}} }, "contracts": [{{contracts}}]"""", "have more than 1000000 functions, counted once for each set of ABIs");
    }

    [Theory]
    [InlineData("""" "abis": {"x": {"protocol": "p"}, "x": {"protocol": "p"} }"""", "The ABI 'x' is there twice")]
    [InlineData("""" "commandTables": {"x": {"protocol": "p", "mask": "ff"}, "x": {"protocol": "p", "mask": "ff"} }"""", "The command table 'x' is there twice")]
    [InlineData("""" "wrappedEther": {"1": "0x00000000000000000000000000000000000000aa", "1": "0x00000000000000000000000000000000000000aa"}"""", "Chain 1 is in 'wrappedEther' twice")]
    [InlineData("""" "contracts": [{"chains": [-1], "address": "0x00000000000000000000000000000000000000aa", "name": "A", "protocol": "p", "kind": "k"}]"""", "a number that is not valid")]
    [InlineData("""" "contracts": [{"fromBlock": 1e99, "address": "0x00000000000000000000000000000000000000aa", "name": "A", "protocol": "p", "kind": "k"}]"""", "a number that is not valid")]
    public void Entries_that_are_there_twice_and_numbers_out_of_range_are_refused(string parts, string sentence) => Refuses(parts, sentence);

    [Fact]
    public void Paths_and_types_nested_without_end_are_refused()
    {
        string path = string.Concat(Enumerable.Repeat("a[", 100_000)) + "a" + new string(']', 100_000);
        string type = new string('(', 2_000) + "uint256" + new string(')', 2_000);

        Refuses($$"""" "abis": {"x": {"protocol": "p", "functions": [{"signature": "f(uint256[] a)", "category": "swap", "effects": [{"kind": "swap", "amountIn": "{{path}}"}]}]} }"""", "A path of 300001 characters is too long");
        Refuses($$"""" "abis": {"x": {"protocol": "p", "functions": [{"signature": "f{{type}}", "category": "swap"}]} }"""", "nested more than");
        Refuses(string.Concat(Enumerable.Repeat("""" "abis": {"x": """", 1_000)), "is not JSON");
    }

    [Fact]
    public void A_selector_has_at_most_its_number_of_functions()
    {
        string Functions(int count) => Repeat(count, static i => $$"""" "a{{i}}": {"protocol": "p", "bySelector": true, "functions": [{"signature":"f{{i}}()","selector":"0x12345678","category":"swap"}]} """");

        Assert.Equal(RegistryReader.MaxFunctionsOfSelector, Read($$"""" "abis": { {{Functions(RegistryReader.MaxFunctionsOfSelector)}} }"""").FindBySelector(0x12345678).Length);
        Refuses($$"""" "abis": { {{Functions(RegistryReader.MaxFunctionsOfSelector + 1)}} }"""", "Selector 0x12345678 has more than 64 functions");
    }

    private static string Repeat(int count, Func<int, string> one) => string.Join(',', Enumerable.Range(0, count).Select(one));

    private static void Refuses(string parts, string sentence) => Assert.Contains(sentence, Assert.Throws<RegistryException>(() => Read(parts)).Message, StringComparison.Ordinal);

    private static ContractRegistry Read(string parts) => RegistryReader.Read(Encoding.UTF8.GetBytes($$"""{"format": 1, {{parts}} }"""));
}
