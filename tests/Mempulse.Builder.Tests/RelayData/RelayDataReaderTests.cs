using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Mempulse.Builder.RelayData;

namespace Mempulse.Builder.Tests.RelayData;

/// <summary>Answers of data APIs, in the shapes of flashbots/relay-specs: read whole, or refused with a reason.</summary>
public sealed class RelayDataReaderTests
{
    private static readonly RelayDataQuery AtSlot = RelayDataQuery.ReceivedAt(13_000_000);

    [Fact]
    public void An_entry_is_read_with_its_decimal_numbers()
    {
        var answer = Read(AtSlot, Entry(13_000_000));

        var trace = Assert.Single(answer.Traces);
        Assert.Equal((RelayDataFault.None, string.Empty, "made"), (answer.Fault, answer.Reason, answer.Relay));
        Assert.Equal((13_000_000UL, 24_000_000UL, 36_000_000UL, 18_034_211UL, 227UL), (trace.Slot, trace.BlockNumber.Value, trace.GasLimit.Value, trace.GasUsed.Value, trace.TransactionCount));
        Assert.Equal("31415926535897932", trace.Value.ToString());
        Assert.Equal(1_764_450_000_123UL, trace.ReceivedMilliseconds);
        Assert.Equal("0x" + new string('b', 96), trace.Builder.Text);
    }

    [Fact]
    public void A_delivered_entry_has_no_time()
    {
        var entry = Entry(13_000_000);
        entry.Remove("timestamp");
        entry.Remove("timestamp_ms");

        Assert.Null(Assert.Single(Read(RelayDataQuery.DeliveredAt(13_000_000), entry).Traces).ReceivedMilliseconds);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639935", "115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936", null)]
    [InlineData("-1", null)]
    [InlineData("+1", null)]
    [InlineData("0x10", null)]
    [InlineData("1.5", null)]
    [InlineData("1e3", null)]
    [InlineData(" 1", null)]
    [InlineData("", null)]
    public void A_value_is_a_decimal_number_below_two_to_the_256(string text, string? value)
    {
        var entry = Entry(13_000_000);
        entry["value"] = text;

        var answer = Read(AtSlot, entry);

        Assert.Equal(value, answer.Traces.Count == 0 ? null : answer.Traces[0].Value.ToString());
        Assert.Equal(value is null ? RelayDataFault.MalformedEntry : RelayDataFault.None, answer.Fault);
    }

    [Theory]
    [InlineData("slot", "18446744073709551616")]
    [InlineData("slot", "-13000000")]
    [InlineData("block_number", "0x16e3600")]
    [InlineData("gas_used", "")]
    [InlineData("num_tx", "many")]
    [InlineData("timestamp_ms", "-1")]
    [InlineData("block_hash", "0x12")]
    [InlineData("parent_hash", "1111111111111111111111111111111111111111111111111111111111111111")]
    [InlineData("builder_pubkey", "0x1234")]
    [InlineData("proposer_pubkey", "zz")]
    [InlineData("proposer_fee_recipient", "0x12")]
    public void A_field_that_is_not_valid_or_missing_refuses_the_whole_answer(string field, string text)
    {
        var changed = Entry(13_000_000);
        changed[field] = text;
        var missing = Entry(13_000_000);
        missing.Remove(field);
        var number = Entry(13_000_000);
        number[field] = 7;

        Assert.All(new[] { changed, number }, entry =>
        {
            var answer = Read(AtSlot, Entry(13_000_000), entry);
            Assert.Equal((RelayDataFault.MalformedEntry, $"The field '{field}' of entry 1 is missing or not valid.", 0), (answer.Fault, answer.Reason, answer.Traces.Count));
        });
        Assert.Equal(field == "timestamp_ms" ? RelayDataFault.None : RelayDataFault.MalformedEntry, Read(AtSlot, missing).Fault);
    }

    [Theory]
    [InlineData(12_999_999UL)]
    [InlineData(13_000_001UL)]
    public void Another_slot_is_refused(ulong slot)
    {
        Assert.Equal(RelayDataFault.AnotherSlot, Read(AtSlot, Entry(slot)).Fault);
        Assert.Equal(RelayDataFault.AnotherSlot, Read(RelayDataQuery.DeliveredAt(13_000_000), Entry(slot)).Fault);
    }

    [Fact]
    public void From_a_cursor_slots_go_downwards()
    {
        var query = RelayDataQuery.DeliveredUpTo(13_000_000, limit: 3);

        Assert.Equal(3, Read(query, Entry(13_000_000), Entry(12_999_998), Entry(12_999_998)).Traces.Count);
        Assert.Equal(RelayDataFault.AnotherSlot, Read(query, Entry(13_000_001)).Fault);
        Assert.Equal(RelayDataFault.OutOfOrder, Read(query, Entry(12_999_998), Entry(12_999_999)).Fault);
        Assert.Equal(RelayDataFault.TooManyEntries, Read(query, Entry(4), Entry(3), Entry(2), Entry(1)).Fault);
    }

    [Fact]
    public void More_gas_than_the_limit_is_refused()
    {
        var entry = Entry(13_000_000);
        entry["gas_used"] = "36000001";

        Assert.Equal(RelayDataFault.ImpossibleGas, Read(AtSlot, entry).Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"code\":400,\"message\":\"cannot specify both slot and cursor\"}")]
    [InlineData("<html></html>")]
    [InlineData("[")]
    [InlineData("[{\"slot\":\"\\ud800\"}]")]
    public void What_is_no_list_is_refused(string body) =>
        Assert.Equal(RelayDataFault.NotAList, RelayDataReader.Read(Encoding.UTF8.GetBytes(body), AtSlot, "made").Fault);

    [Theory]
    [InlineData("[1]")]
    [InlineData("[[]]")]
    [InlineData("[{}]")]
    public void A_list_of_something_else_is_refused(string body) =>
        Assert.Equal(RelayDataFault.MalformedEntry, RelayDataReader.Read(Encoding.UTF8.GetBytes(body), AtSlot, "made").Fault);

    [Fact]
    public void An_answer_is_bounded()
    {
        byte[] fits = Encoding.UTF8.GetBytes("[]".PadRight(RelayDataReader.MaxBytes));

        Assert.Equal(RelayDataFault.None, RelayDataReader.Read(fits, AtSlot, "made").Fault);
        Assert.Equal(RelayDataFault.TooLong, RelayDataReader.Read((byte[])[.. fits, (byte)' '], AtSlot, "made").Fault);
    }

    [Fact]
    public void No_bytes_throw() => Gen.Byte.Array[0, 200].Sample(bytes =>
        RelayDataReader.Read(bytes, AtSlot, "made").Fault != RelayDataFault.None || bytes.Length >= 2);

    [Fact]
    public void A_question_has_a_slot_or_a_cursor_and_a_limit()
    {
        Assert.Equal("relay/v1/data/bidtraces/proposer_payload_delivered?slot=5&limit=500", RelayDataQuery.DeliveredAt(5).Path());
        Assert.Equal("relay/v1/data/bidtraces/proposer_payload_delivered?cursor=5&limit=10", RelayDataQuery.DeliveredUpTo(5, 10).Path());
        Assert.Equal("relay/v1/data/bidtraces/builder_blocks_received?slot=5&limit=500", RelayDataQuery.ReceivedAt(5).Path());
        Assert.Throws<ArgumentOutOfRangeException>(() => RelayDataQuery.DeliveredUpTo(5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RelayDataQuery.DeliveredUpTo(5, RelayDataQuery.MaxLimit + 1));
    }

    /// <summary>An entry in the shape of BidTraceV2WithTimestamp, with a field that no specification has.</summary>
    internal static JsonObject Entry(ulong slot) => new()
    {
        ["slot"] = slot.ToString(CultureInfo.InvariantCulture),
        ["parent_hash"] = "0x" + new string('1', 64),
        ["block_hash"] = "0x" + new string('2', 64),
        ["builder_pubkey"] = "0x" + new string('B', 96),
        ["proposer_pubkey"] = "0x" + new string('c', 96),
        ["proposer_fee_recipient"] = "0x" + new string('d', 40),
        ["gas_limit"] = "36000000",
        ["gas_used"] = "18034211",
        ["value"] = "31415926535897932",
        ["num_tx"] = "227",
        ["block_number"] = "24000000",
        ["timestamp"] = "1764450000",
        ["timestamp_ms"] = "1764450000123",
        ["optimistic_submission"] = true,
    };

    private static RelayDataAnswer Read(RelayDataQuery query, params JsonObject[] entries) =>
        RelayDataReader.Read(Encoding.UTF8.GetBytes(new JsonArray([.. entries.Select(entry => entry.DeepClone())]).ToJsonString()), query, "made");
}
