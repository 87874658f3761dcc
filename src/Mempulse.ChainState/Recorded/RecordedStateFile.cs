using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;
using ZstdSharp;

namespace Mempulse.ChainState.Recorded;

/// <summary>The file of a capture's recorded states. Each is the witness of an empty bundle in the recorded block.</summary>
/// <remarks>Keep in sync with docs/formats/recorded-state.md. The same states give the same bytes.</remarks>
public static class RecordedStateFile
{
    /// <summary>The extension; the name before it is that of the capture.</summary>
    public const string Extension = ".mps";

    private const ushort FormatVersion = 1;
    private const int VersionOffset = 8;
    private const int ContentLength = 12;
    private const int StoredLength = 16;
    private const int HeaderCrc = 20;
    private const int HeaderSize = HeaderCrc + CrcSize;
    private const int CrcSize = 4;
    private const int FieldCount = 4;
    private const int MaxBlocks = 1_024;

    /// <summary>Maximum size of the content in bytes, which is held in memory as a whole.</summary>
    private const int MaxContentBytes = 64 << 20;

    /// <summary>The highest compression of zstd that costs a reader nothing extra: a file is written once.</summary>
    private const int CompressionLevel = 19;

    private static ReadOnlySpan<byte> Magic => "MPSTAT\r\n"u8;

    /// <summary>Writes states to a stream, which stays open.</summary>
    public static void Write(Stream stream, RecordedStates states)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(states);
        var buffer = new ByteBuffer();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(FieldCount);
        writer.Write(states.Chain.Value);
        writer.Write(states.Capture);
        writer.Write(states.Provenance);
        writer.WriteArrayHeader(states.Blocks.Count);
        foreach (var block in states.Blocks)
        {
            writer.Write(WitnessCodec.Encode(new Witness(new SimRequest { Block = block.Block, Transactions = [] }, block.State, StateTrust.Unverified)).AsSpan());
        }

        using var compressor = new Compressor(CompressionLevel);
        var stored = compressor.Wrap(buffer.WrittenSpan);
        Span<byte> header = stackalloc byte[HeaderSize];
        header.Clear();
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[VersionOffset..], FormatVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ContentLength..], (uint)buffer.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[StoredLength..], (uint)stored.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[HeaderCrc..], Crc32C.Compute(header[..HeaderCrc]));
        Span<byte> crc = stackalloc byte[CrcSize];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, Crc32C.Compute(stored));
        stream.Write(header);
        stream.Write(stored);
        stream.Write(crc);
    }

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="RecordedStateDamagedException">It is damaged, or not a file of recorded states; the message says what is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordedStates Read(string path)
    {
        if (new FileInfo(path).Length > MaxContentBytes)
        {
            throw Damaged(path, $"it is larger than {MaxContentBytes} bytes.");
        }

        return Decode(path, Unpack(path, File.ReadAllBytes(path)));
    }

    /// <summary>Reads the states that belong to a capture, from the file beside it.</summary>
    /// <param name="capture">The path of the capture.</param>
    /// <param name="chain">The capture's chain.</param>
    /// <param name="title">The capture's title.</param>
    /// <returns>Null if it has no such file.</returns>
    /// <exception cref="RecordedStateDamagedException">The file is damaged, or has the states of another capture.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordedStates? ReadBeside(string capture, ChainId chain, string title)
    {
        string path = Path.ChangeExtension(capture, Extension);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var states = Read(path);
            return states.Chain == chain && states.Capture == title
                ? states
                : throw new RecordedStateDamagedException($"'{path}' has states of capture \"{states.Capture}\" of chain {states.Chain}: expected \"{title}\" of chain {chain}, as the capture beside it.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Cannot read the recorded states in '{path}': {unreadable.Message}", unreadable);
        }
    }

    private static byte[] Unpack(string path, ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderSize || !file.StartsWith(Magic))
        {
            throw Damaged(path, "it does not begin as a file of recorded states.");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(file[VersionOffset..]) is var version && version != FormatVersion)
        {
            throw Damaged(path, $"format version {version} is not supported: expected {FormatVersion}.");
        }

        CheckCrc(path, file[..HeaderCrc], file[HeaderCrc..], "header");
        uint content = BinaryPrimitives.ReadUInt32LittleEndian(file[ContentLength..]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[StoredLength..]);
        if (content > MaxContentBytes || length != file.Length - HeaderSize - CrcSize)
        {
            throw Damaged(path, $"it has {file.Length} bytes, but its header states {length} stored bytes of {content}.");
        }

        var stored = file.Slice(HeaderSize, (int)length);
        CheckCrc(path, stored, file[(HeaderSize + (int)length)..], "content");
        byte[] unpacked = new byte[content];
        try
        {
            using var decompressor = new Decompressor();
            return decompressor.Unwrap(stored, unpacked) == unpacked.Length ? unpacked : throw Damaged(path, "the content does not have the stated length.");
        }
        catch (ZstdException invalid)
        {
            throw Damaged(path, "the content does not decompress.", invalid);
        }
    }

    private static RecordedStates Decode(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            var reader = new MessagePackReader(content);
            int fields = reader.ReadArrayHeader();
            if (fields != FieldCount)
            {
                throw Damaged(path, $"the content has {fields} fields: expected {FieldCount}.");
            }

            var chain = new ChainId(reader.ReadUInt64());
            string title = reader.ReadString() ?? string.Empty;
            string provenance = reader.ReadString() ?? string.Empty;
            int count = reader.ReadArrayHeader();
            if (count > MaxBlocks)
            {
                throw Damaged(path, $"it has {count} states: expected at most {MaxBlocks}.");
            }

            var blocks = new List<RecordedBlock>(count);
            for (int i = 0; i < count; i++)
            {
                var witness = WitnessCodec.Decode(reader.ReadBytes());
                if (blocks.Count > 0 && witness.Request.Block.Number <= blocks[^1].Block.Number)
                {
                    throw Damaged(path, $"the state for block {witness.Request.Block.Number} follows that for block {blocks[^1].Block.Number}.");
                }

                blocks.Add(new RecordedBlock(witness.Request.Block, witness.State));
            }

            return reader.AtEnd ? new RecordedStates(chain, title, provenance, blocks) : throw Damaged(path, $"{reader.Remaining} bytes follow the last state.");
        }
        catch (EventDecodeException malformed)
        {
            throw Damaged(path, malformed.Message, malformed);
        }
    }

    private static void CheckCrc(string path, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> stated, string what)
    {
        if (Crc32C.Compute(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(stated))
        {
            throw Damaged(path, $"the checksum of its {what} is wrong.");
        }
    }

    private static RecordedStateDamagedException Damaged(string path, string finding, Exception? inner = null) => new(path, finding, inner);
}
