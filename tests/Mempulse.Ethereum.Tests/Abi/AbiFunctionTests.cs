using System.Text.Json;
using Mempulse.Ethereum.Abi;

namespace Mempulse.Ethereum.Tests.Abi;

/// <summary>Signatures give the selectors that contracts answer to; everything else is refused with its place.</summary>
public sealed class AbiFunctionTests
{
    [Fact]
    public void Every_published_signature_has_its_selector()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "mev", "selectors.json")));
        int count = 0;
        foreach (var entry in file.RootElement.EnumerateArray())
        {
            var function = AbiFunction.Parse(entry.GetProperty("signature").GetString()!);

            Assert.Equal(entry.GetProperty("selector").GetString(), $"0x{function.Selector:x8}");
            Assert.Equal(entry.GetProperty("signature").GetString(), function.Signature);
            count++;
        }

        Assert.Equal(120, count);
    }

    [Theory]
    [InlineData("transfer(address to, uint amount)", "transfer(address,uint256)")]
    [InlineData("f((uint24 fee, (bytes32[2] a)[] b) key, int)", "f((uint24,(bytes32[2])[]),int256)")]
    [InlineData("f ( )", "f()")]
    [InlineData("f(function callback,bytes1,string,bool[3][])", "f(bytes24,bytes1,string,bool[3][])")]
    public void Names_spaces_and_short_names_of_types_do_not_count(string text, string signature) => Assert.Equal(signature, AbiFunction.Parse(text).Signature);

    [Theory]
    [InlineData("", "expected a name at character 0")]
    [InlineData("f", "expected '(' at character 1")]
    [InlineData("f(uint256", "expected ',' at character 9")]
    [InlineData("f(uint256) x", "expected the end at character 11")]
    [InlineData("f(uint7)", "'uint7'")]
    [InlineData("f(uint264)", "'uint264'")]
    [InlineData("f(uint08)", "'uint08'")]
    [InlineData("f(uint0)", "'uint0'")]
    [InlineData("f(bytes33)", "'bytes33'")]
    [InlineData("f(uint256[0])", "expected a number from 1 to 1024 at character 10")]
    [InlineData("f(uint256[1025])", "expected a number from 1 to 1024 at character 10")]
    [InlineData("f(uint256[1024][2])", "more than 1024 words")]
    [InlineData("f(())", "expected a member")]
    [InlineData("f(uint256,)", "''")]
    [InlineData("f(uint256[][][][][][][][])", "nested more than 8 deep")]
    [InlineData("f(((((((((uint256)))))))))", "nested more than 8 deep")]
    public void Text_that_is_not_a_signature_is_refused_with_the_place(string text, string part) =>
        Assert.Contains(part, Assert.Throws<FormatException>(() => AbiFunction.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_signature_has_exactly_its_length_and_its_depth()
    {
        AbiFunction.Parse("f(uint256[][][][][][][])");
        AbiFunction.Parse("f(" + new string(' ', AbiBounds.MaxSignatureLength - 3) + ")");

        Assert.Throws<FormatException>(() => AbiFunction.Parse("f(" + new string(' ', AbiBounds.MaxSignatureLength - 2) + ")"));
    }
}
