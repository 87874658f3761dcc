using System.Buffers.Binary;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives.Encoding;
using Mempulse.Storage.Contents;

namespace Mempulse.Storage.Tests.Contents;

/// <summary>Files whose checksums and names agree with false contents: each is refused for what is false in it.</summary>
public sealed class ConsistentDamageTests : IDisposable
{
    private const int HeadBytes = 8;
    private const int EntryBytes = 48;
    private const int FirstFrame = HeadBytes + EntryBytes;

    private static readonly byte[] s_content = "a witness of a simulation, a witness of a simulation"u8.ToArray();

    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-contents-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    public static TheoryData<string> Batches => [.. s_batches.Keys];

    public static TheoryData<string> Singles => [.. s_singles.Keys];

    /// <summary>Changes of a batch, after each of which the frame's CRC and the name are made to fit.</summary>
    private static readonly Dictionary<string, (Func<byte[], byte[]> Change, string Problem)> s_batches = new()
    {
        ["another magic"] = (static file => With(file, 0, 0x4f), "expected a content batch of version 1"),
        ["another version"] = (static file => With(file, 4, 2), "expected a content batch of version 1"),
        ["a byte more"] = (static file => [.. file, 0], "expected a batch of "),
        ["a byte less"] = (static file => file[..^1], "expected a batch of "),
        ["no contents"] = (static file => With(file, 6, 0)[..HeadBytes], "expected 1 to 1024 contents"),
        ["more contents than a batch has"] = (static file => [.. WithUInt16(file, 6, 1_025), .. new byte[1_025 * EntryBytes]], "expected 1 to 1024 contents"),
        ["a declared length over the limit"] = (static file => WithUInt32(file, HeadBytes + 4, ContentStoreOptions.MaxContentBytes + 1u), "expected a content of at most 268435456 bytes"),
        ["a declared length below the content's"] = (static file => WithUInt32(file, HeadBytes + 4, (uint)s_content.Length - 1), "expected a Zstandard frame of 51 bytes"),
        ["a declared length above the content's"] = (static file => WithUInt32(file, HeadBytes + 4, (uint)s_content.Length + 1), "expected 53 bytes of content, found 52"),
        ["a frame of another content"] = (static file => [.. WithUInt32(file, HeadBytes + 8, (uint)Other().Length)[..FirstFrame], .. Other()], "expected content with digest"),
        ["a frame that is not one"] = (static file => With(file, FirstFrame, 0), "expected a Zstandard frame"),
    };

    private static readonly Dictionary<string, (Func<byte[], byte[]> Change, string Problem)> s_singles = new()
    {
        ["another magic"] = (static file => With(file, 0, 0x4c), "expected magic 4f43504d"),
        ["another version"] = (static file => With(file, 4, 2), "expected version 00000001"),
        ["another stored size"] = (static file => With(file, 12, 9), "expected stored bytes"),
        ["half a header"] = (static file => file[..51], "expected a header of 52 bytes"),
        ["only a header"] = (static file => WithUInt32(file[..52], 12, 0), "expected "),
        ["a declared length over the limit"] = (static file => WithUInt32(file, 8, ContentStoreOptions.MaxContentBytes + 1u), "expected a content of at most 268435456 bytes"),
        ["another content"] = (static file => [.. WithUInt32(file, 12, (uint)Other().Length)[..52], .. Other()], "expected content with digest"),
    };

    [Theory]
    [MemberData(nameof(Batches))]
    public void A_batch_with_a_fitting_name_and_checksum_is_refused_for_what_is_false(string name)
    {
        var (change, problem) = s_batches[name];
        var digest = Open().Put(ContentKind.Witness, s_content);
        string path = Assert.Single(Directory.GetFiles(_directory));
        byte[] file = change(File.ReadAllBytes(path));
        if (file.Length > FirstFrame && BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(6)) == 1)
        {
            int frame = (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(HeadBytes + 8));
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(HeadBytes + 12), Crc32C.Compute(file.AsSpan(FirstFrame, Math.Min(frame, file.Length - FirstFrame))));
        }

        File.Delete(path);
        int count = Math.Min((int)BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(6)), 1_024);
        var header = Keccak256.Hash(file.AsSpan(0, HeadBytes + (count * EntryBytes)));
        string renamed = Path.Combine(_directory, new ContentName(1, header, ContentFileKind.Batch).ToString());
        File.WriteAllBytes(renamed, file);

        var damage = Assert.Throws<ContentDamagedException>(() => Open().TryRead(digest, out _));

        Assert.StartsWith($"{renamed} is damaged at byte ", damage.Message, StringComparison.Ordinal);
        Assert.Contains(problem, damage.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Singles))]
    public void A_single_content_with_a_fitting_checksum_is_refused_for_what_is_false(string name)
    {
        var (change, problem) = s_singles[name];
        var digest = Keccak256.Hash(s_content);
        byte[] file = change(Single());
        if (file.Length >= 52)
        {
            Seal(file);
        }

        string path = Path.Combine(_directory, new ContentName(1, digest, ContentFileKind.Single).ToString());
        File.WriteAllBytes(path, file);

        var damage = Assert.Throws<ContentDamagedException>(() => Open().TryRead(digest, out _));

        Assert.StartsWith($"{path} is damaged at byte ", damage.Message, StringComparison.Ordinal);
        Assert.Contains(problem, damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_content_as_earlier_versions_wrote_it_is_read()
    {
        byte[] file = Single();
        Seal(file);
        File.WriteAllBytes(Path.Combine(_directory, new ContentName(41, Keccak256.Hash(s_content), ContentFileKind.Single).ToString()), file);

        var store = Open();

        Assert.True(store.TryRead(Keccak256.Hash(s_content), out byte[]? read));
        Assert.Equal(s_content, read);
        store.Put(ContentKind.Witness, "next"u8);
        Assert.Contains(Directory.GetFiles(_directory), static path => Path.GetFileName(path).StartsWith("000000000042-", StringComparison.Ordinal));
    }

    private static byte[] Single()
    {
        var prepared = PreparedContent.Of(ContentKind.Witness, s_content);
        byte[] file = new byte[52 + prepared.StoredBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(file, 0x4f43504d);
        file[4] = 1;
        file[6] = (byte)ContentKind.Witness;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), (uint)s_content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(12), (uint)prepared.StoredBytes);
        prepared.Digest.CopyTo(file.AsSpan(16));
        prepared.Frame.CopyTo(file, 52);
        return file;
    }

    private static void Seal(byte[] file) =>
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(48), Crc32C.Continue(Crc32C.Compute(file.AsSpan(0, 48)), file.AsSpan(52)));

    private static byte[] Other() => PreparedContent.Of(ContentKind.Witness, "a witness of a simulation, a witness of a simulatioN"u8).Frame;

    private static byte[] With(byte[] file, int offset, byte value)
    {
        file[offset] = value;
        return file;
    }

    private static byte[] WithUInt16(byte[] file, int offset, ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(offset), value);
        return file;
    }

    private static byte[] WithUInt32(byte[] file, int offset, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(offset), value);
        return file;
    }

    private ContentStore Open() => ContentStore.Open(new ContentStoreOptions { Directory = _directory });
}
