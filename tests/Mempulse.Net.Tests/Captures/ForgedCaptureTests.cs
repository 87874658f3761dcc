using Mempulse.Net.Captures;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Captures;

/// <summary>A capture whose CRCs are right and whose fields are not is refused with the field; what later or earlier versions may write is read.</summary>
public sealed class ForgedCaptureTests
{
    private static readonly Dictionary<string, (Action<ForgedCapture> Change, string Finding)> Forgeries = new(StringComparer.Ordinal)
    {
        ["an earlier version"] = (static forged => forged.Version = 0, "format version 0 is not supported"),
        ["a later version"] = (static forged => forged.Version = 2, "format version 2 is not supported"),
        ["a header over its limit"] = (static forged => forged.StatedHeaderLength = (64 << 10) + 1, "exceeds the limit of 65536"),
        ["a frame over its limit"] = (static forged => forged.StatedContentLength = 3_211_281, "exceeds the limits"),
        ["stored bytes over their limit"] = (static forged => forged.StatedStoredLength = 3_227_665, "exceeds the limits"),
        ["a frame of more entries than bytes"] = (static forged => forged.StatedFrameEntries = 1_000_000, "exceeds the limits"),
        ["a frame shorter than it states"] = (static forged => forged.StatedContentLength = 99, "the frame decompresses to 98 bytes, expected 99"),
        ["an entry more than there are"] = (static forged => forged.StatedFrameEntries = 3, "entry 2 exceeds the 0 bytes left"),
        ["an entry less than there are"] = (static forged => forged.StatedFrameEntries = 1, "50 bytes follow the frame's last entry"),
        ["a byte after the last entry"] = (static forged => forged.RestOfFrame = [0], "1 bytes follow the frame's last entry"),
        ["a time before the previous one"] = (static forged => Change(forged, 1, 2, 1, 999, new byte[32]), "is earlier than the previous entry"),
        ["a source that does not exist"] = (static forged => Change(forged, 1, 2, 2, 2_000, new byte[32]), "names source 2 of 2"),
        ["a sighting of 31 bytes"] = (static forged => Change(forged, 1, 1, 0, 2_000, new byte[31]), "not a valid entry of kind 1"),
        ["a sighting of 33 bytes"] = (static forged => Change(forged, 1, 1, 0, 2_000, new byte[33]), "not a valid entry of kind 1"),
        ["a body of 31 bytes"] = (static forged => Change(forged, 2, 1, 0, 2_000, new byte[31]), "not a valid entry of kind 2"),
        ["a fact that is not a record"] = (static forged => Change(forged, 3, 0, 0, 2_000, new byte[40]), "not a valid entry of kind 3"),
        ["an unknown kind"] = (static forged => Change(forged, 4, 1, 0, 2_000, new byte[32]), "not a valid entry of kind 4"),
        ["a trailer that counts one more"] = (static forged => forged.StatedEntries = 3, "the trailer states 3 entries up to 2000 ns, but 2 up to 2000 ns"),
        ["a trailer with another last time"] = (static forged => forged.StatedLastOffset = 1_999, "the trailer states 2 entries up to 1999 ns, but 2 up to 2000 ns"),
        ["a byte after the trailer"] = (static forged => forged.RestOfFile = [0], "bytes follow the trailer"),
    };

    public static TheoryData<string> Kinds => [.. Forgeries.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_capture_with_a_false_field_is_refused_for_that_field(string kind)
    {
        var forged = new ForgedCapture();
        Assert.Equal(2, CaptureSamples.ReadAll(forged.ToBytes()).Count);

        Forgeries[kind].Change(forged);

        var damage = Assert.Throws<CaptureDamagedException>(() => CaptureSamples.ReadAll(forged.ToBytes()));
        Assert.Contains(Forgeries[kind].Finding, damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_that_is_only_its_hash_is_an_entry()
    {
        var forged = new ForgedCapture();
        Change(forged, 2, 1, 0, 2_000, new byte[32]);

        Assert.Equal(2, CaptureSamples.ReadAll(forged.ToBytes()).Count);
    }

    [Fact]
    public void A_header_without_its_later_fields_has_their_defaults()
    {
        var header = HeaderOf([0x91, 0x05]);

        Assert.Equal((5UL, string.Empty, 0UL, 0, 100U), (header.Chain.Value, header.Title, header.Seed, header.Sources.Count, header.SuggestedPacePercent));
        Assert.Equivalent(new FoldParameters(), header.SuggestedParameters, strict: true);
    }

    [Fact]
    public void Further_fields_of_a_source_and_of_the_header_are_ignored()
    {
        // Chain, three empty texts, seed, start, two sources of which the first has a fourth field, six parameters, and a field of a later version.
        byte[] encoded = [0x9e, 1, 0xa0, 0xa0, 0xa0, 0, 0, 0x92, 0x94, .. Text('a'), .. Text('b'), .. Text('c'), 7, 0x93, .. Text('d'), .. Text('e'), .. Text('f'), 1, 2, 3, 4, 5, 6, 7];

        var header = HeaderOf(encoded);

        Assert.Equal([new CaptureSource("a", "b", "c"), new CaptureSource("d", "e", "f")], header.Sources);
        Assert.Equal(6U, header.SuggestedPacePercent);
    }

    [Fact]
    public void A_capture_is_closed_with_its_reader_and_when_it_is_refused()
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, CaptureSamples.OneOfEach());
        CaptureReader.Open(path).Dispose();
        AssertClosed(path);

        File.WriteAllBytes(path, new byte[100]);
        Assert.Throws<CaptureDamagedException>(() => CaptureReader.Open(path));
        AssertClosed(path);
        File.Delete(path);
    }

    [Fact]
    public void Nothing_is_added_to_a_capture_that_is_complete()
    {
        using var writer = new CaptureWriter(new MemoryStream(), CaptureSamples.Header);
        writer.Complete();

        Assert.Throws<ObjectDisposedException>(() => writer.AddSighting(1, 0, default, SightingVia.HashSubscription));
    }

    /// <summary>Asserts that no one has the file open: .NET locks an open file, also against other handles of the same process.</summary>
    internal static void AssertClosed(string path) => new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();

    private static CaptureHeader HeaderOf(byte[] encoded)
    {
        using var reader = CaptureSamples.Read(new ForgedCapture { Header = encoded }.ToBytes());
        return reader.Header;
    }

    private static byte[] Text(char letter) => [0xa1, (byte)letter];

    private static void Change(ForgedCapture forged, byte kind, byte via, ushort source, long offset, byte[] content) =>
        forged.Entries[1] = (kind, via, source, offset, content);
}
