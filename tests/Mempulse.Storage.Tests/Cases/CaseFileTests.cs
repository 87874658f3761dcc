using System.Buffers.Binary;
using CsCheck;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Cases;
using ZstdSharp;

namespace Mempulse.Storage.Tests.Cases;

/// <summary>The bytes of case files, by the table of docs/formats/case-file.md.</summary>
public sealed class CaseFileTests
{
    private static readonly string _golden = Path.Combine(AppContext.BaseDirectory, "Golden", "case-v2.mpcase");

    private static readonly CaseContent _case = new()
    {
        Chain = new ChainId(1),
        Subject = "transaction",
        Id = new Hash256([.. Enumerable.Repeat((byte)0x11, 32)]),
        AsOf = new GlobalSeq(300),
        Versions = [new("fold", "lifecycle/1"), new("engine", "2")],
        Records = [new(new GlobalSeq(5), new byte[] { 1, 2, 3 }), new(new GlobalSeq(299), new byte[] { 4 })],
        Contents = [new byte[] { 5, 6 }],
        Standing = new byte[] { 7 },
        Results = [new("why 0x11", "{}")],
        AsLogged = [new((EventKind)49, new Hash256([.. Enumerable.Repeat((byte)0x22, 32)]))],
    };

    [Fact]
    public void The_golden_file_still_decodes_and_the_same_case_gives_its_bytes()
    {
        byte[] golden = File.ReadAllBytes(_golden);

        AssertEqual(_case, CaseFile.Decode(_golden, golden));
        Assert.Equal(Convert.ToHexString(golden), Convert.ToHexString(CaseFile.Encode(_case)));
    }

    [Fact]
    public void Every_byte_of_the_golden_file_is_where_the_document_says()
    {
        byte[] golden = File.ReadAllBytes(_golden);
        byte[] content = Convert.FromHexString(
            "9a" + "01" + "ab7472616e73616374696f6e" + "c420" + new string('1', 64) + "cd012c"
            + "92" + "92a4666f6c64ab6c6966656379636c652f31" + "92a6656e67696e65a132"
            + "92" + "9205c403010203" + "92cd012bc40104"
            + "91" + "c4020506" + "c40107" + "91" + "92a877687920307831" + "31" + "a27b7d"
            + "91" + "9231" + "c420" + new string('2', 64));

        Assert.Equal("MPCASE\r\n"u8.ToArray(), golden[..8]);
        Assert.Equal((2, 0, content.Length, golden.Length - 28), (BinaryPrimitives.ReadUInt16LittleEndian(golden.AsSpan(8)), BinaryPrimitives.ReadUInt16LittleEndian(golden.AsSpan(10)), BinaryPrimitives.ReadInt32LittleEndian(golden.AsSpan(12)), BinaryPrimitives.ReadInt32LittleEndian(golden.AsSpan(16))));
        Assert.Equal(Crc32C.Compute(golden.AsSpan(0, 20)), BinaryPrimitives.ReadUInt32LittleEndian(golden.AsSpan(20)));
        Assert.Equal(Crc32C.Compute(golden.AsSpan(24, golden.Length - 28)), BinaryPrimitives.ReadUInt32LittleEndian(golden.AsSpan(golden.Length - 4)));
        using var decompressor = new Decompressor();
        Assert.Equal(Convert.ToHexString(content), Convert.ToHexString(decompressor.Unwrap(golden.AsSpan(24, golden.Length - 28))));
    }

    [Fact]
    public void Every_case_comes_back_as_it_was_written() =>
        Gen.Select(Gen.Byte.Array[0, 40].Array[0, 6], Gen.Byte.Array[0, 40].Array[0, 4], Gen.String.Array[0, 5]).Sample((records, contents, results) =>
        {
            var content = _case with
            {
                Records = [.. records.Select(static (bytes, i) => new CaseRecord(new GlobalSeq((ulong)(i + 1) * 7), bytes))],
                Contents = [.. contents.Select(static bytes => new ReadOnlyMemory<byte>(bytes))],
                Results = [.. results.Where(static text => text.EnumerateRunes().All(static rune => rune != System.Text.Rune.ReplacementChar)).Select(static text => new CaseResult("name", text))],
            };
            AssertEqual(content, CaseFile.Decode("x", CaseFile.Encode(content)));
        });

    [Fact]
    public void A_flipped_bit_or_a_missing_end_is_found()
    {
        byte[] file = CaseFile.Encode(_case);

        for (int i = 0; i < file.Length * 8; i++)
        {
            byte[] flipped = [.. file];
            flipped[i / 8] ^= (byte)(1 << (i % 8));
            Assert.Throws<CaseDamagedException>(() => CaseFile.Decode("x", flipped));
        }

        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<CaseDamagedException>(() => CaseFile.Decode("x", file.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Records_out_of_order_are_refused()
    {
        var turned = _case with { Records = [_case.Records[1], _case.Records[0]] };

        Assert.Equal("'x' is not a sound case file: record 5 follows record 299.", Assert.Throws<CaseDamagedException>(() => CaseFile.Decode("x", CaseFile.Encode(turned))).Message);
    }

    [Fact]
    public void Events_out_of_order_or_of_no_kind_are_refused()
    {
        var twice = _case with { AsLogged = [_case.AsLogged[0], _case.AsLogged[0]] };
        var beyond = _case with { AsLogged = [_case.AsLogged[0] with { Kind = (EventKind)65_536 }] };

        Assert.Contains("is not in ascending order.", Assert.Throws<CaseDamagedException>(() => CaseFile.Decode("x", CaseFile.Encode(twice))).Message, StringComparison.Ordinal);
        Assert.Equal("'x' is not a sound case file: 65536 is not a valid kind of event.", Assert.Throws<CaseDamagedException>(() => CaseFile.Decode("x", CaseFile.Encode(beyond))).Message);
    }

    [Fact]
    public void A_case_of_version_1_is_refused_with_what_to_do()
    {
        string old = Path.Combine(AppContext.BaseDirectory, "Golden", "case-v1.mpcase");

        var refused = Assert.Throws<CaseDamagedException>(() => CaseFile.Read(old));

        Assert.Equal($"'{old}' is not a sound case file: format version 1 is not supported: expected 2. Export the case again from its log.", refused.Message);
    }

    private static void AssertEqual(CaseContent expected, CaseContent actual)
    {
        Assert.Equal((expected.Chain, expected.Subject, expected.Id, expected.AsOf), (actual.Chain, actual.Subject, actual.Id, actual.AsOf));
        Assert.Equal(expected.Versions, actual.Versions);
        Assert.Equal(expected.Records.Select(static record => $"{record.Seq} {Convert.ToHexString(record.Bytes.Span)}"), actual.Records.Select(static record => $"{record.Seq} {Convert.ToHexString(record.Bytes.Span)}"));
        Assert.Equal(expected.Contents.Select(static bytes => Convert.ToHexString(bytes.Span)), actual.Contents.Select(static bytes => Convert.ToHexString(bytes.Span)));
        Assert.Equal(Convert.ToHexString(expected.Standing.Span), Convert.ToHexString(actual.Standing.Span));
        Assert.Equal(expected.Results, actual.Results);
        Assert.Equal(expected.AsLogged, actual.AsLogged);
    }
}
