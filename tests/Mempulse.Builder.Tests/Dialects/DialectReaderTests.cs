using System.Text;
using Mempulse.Builder.Dialects;

namespace Mempulse.Builder.Tests.Dialects;

/// <summary>A description is read whole or not at all.</summary>
public sealed class DialectReaderTests
{
    private const string Valid = """
        {
          "format": "mempulse-relay-dialect/1", "name": "made", "title": "Made", "use": "optional",
          "sources": [ { "id": "docs", "url": "https://example.org/docs", "read": "2026-11-29" } ],
          "endpoints": [ { "for": "requests", "url": "https://example.org/", "source": "docs" } ],
          "authentication": { "scheme": "token", "header": "Authorization", "required": true, "source": null },
          "limits": [ { "of": "transactions", "value": 3, "source": "docs" } ],
          "refundMustCoverTransfer": { "value": false, "source": null },
          "methods": [ { "method": "sendBundle", "name": "send", "parameters": "list", "source": "docs", "fields": [
            { "field": "transactions", "name": "txs", "form": "hexList", "source": "docs" },
            { "field": "targetBlock", "name": "block", "form": "quantity", "source": "docs" } ] } ]
        }
        """;

    [Fact]
    public void A_valid_description_is_read()
    {
        var dialect = Read(Valid);

        Assert.Equal(("made", 3, "block"), (dialect.Name, dialect.LimitOf(LimitKind.Transactions).Value, dialect.Find(RelayMethod.SendBundle)!.Find(BundleField.TargetBlock)!.Name));
    }

    [Theory]
    [InlineData("\"title\": \"Made\"", "\"title\": \"Made\", \"colour\": 1", "colour")]
    [InlineData("\"title\": \"Made\"", "\"title\": \"Made\", \"title\": \"Made\"", "title")]
    [InlineData("\"title\": \"Made\",", "", "title")]
    [InlineData("\"title\": \"Made\"", "\"title\": null", "title")]
    [InlineData("dialect/1", "dialect/2", "format")]
    [InlineData("\"made\"", "\"Made\"", "name")]
    [InlineData("\"made\"", "\"../made\"", "name")]
    [InlineData("\"optional\"", "\"sometimes\"", "DialectUse")]
    [InlineData("\"optional\"", "1", "DialectUse")]
    [InlineData("https://example.org/docs", "http://example.org/docs", "https://")]
    [InlineData("\"url\": \"https://example.org/\"", "\"url\": \"http://example.org/\"", "https://")]
    [InlineData("\"url\": \"https://example.org/\"", "\"url\": \"https://user:secret@example.org/\"", "password")]
    [InlineData("\"url\": \"https://example.org/\", \"source\": \"docs\"", "\"url\": \"https://example.org/\", \"source\": null", "no verified endpoint")]
    [InlineData("\"value\": 3, \"source\": \"docs\"", "\"value\": 3, \"source\": \"gone\"", "'gone' is cited and not listed")]
    [InlineData("\"value\": 3", "\"value\": 0", "1 or more")]
    [InlineData("\"value\": 3", "\"value\": 3, \"perMilliseconds\": 1", "a period for a rate only")]
    [InlineData("\"of\": \"transactions\"", "\"of\": \"requests\"", "a period for a rate only")]
    [InlineData("Authorization", "Author: ization", "header")]
    [InlineData("\"quantity\", \"source\": \"docs\"", "\"quantity\", \"source\": null", "sends transactions for a block")]
    [InlineData("\"form\": \"quantity\"", "\"form\": \"text\"", "which it cannot be")]
    [InlineData("\"name\": \"block\"", "\"name\": \"txs\"", "two fields")]
    [InlineData("\"parameters\": \"list\", \"source\": \"docs\"", "\"parameters\": \"list\", \"source\": null", "has no source")]
    [InlineData("\"sources\": [ {", "\"sources\": [ { \"id\": \"docs\", \"url\": \"https://example.org/\", \"read\": \"2026-11-29\" }, {", "2 sources have the id 'docs'")]
    [InlineData("\"sources\": [ {", "\"sources\": [ { \"id\": \"idle\", \"url\": \"https://example.org/\", \"read\": \"2026-11-29\" }, {", "'idle' is listed and not cited")]
    public void A_description_that_is_not_valid_is_refused_with_the_reason(string find, string replace, string reason)
    {
        string changed = Valid.Replace(find, replace, StringComparison.Ordinal);

        var refusal = Assert.Throws<DialectException>(() => Read(changed));

        Assert.NotEqual(Valid, changed);
        Assert.Contains(reason, refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("made.json ", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"format\":\"\\ud800\"}")]
    public void Bytes_that_are_no_description_are_refused(string text) => Assert.Throws<DialectException>(() => Read(text));

    [Fact]
    public void A_description_is_bounded()
    {
        string padded = Valid + new string(' ', DialectReader.MaxBytes - Encoding.UTF8.GetByteCount(Valid));

        Assert.Equal("made", Read(padded).Name);
        Assert.Throws<DialectException>(() => Read(padded + " "));
    }

    private static RelayDialect Read(string json) => DialectReader.Read(Encoding.UTF8.GetBytes(json), "made.json");
}
