using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using ZstdSharp;

namespace Mempulse.Net.Captures;

/// <summary>Reads a capture from first entry to last, with one frame in memory at a time. Confined to one thread.</summary>
public sealed class CaptureReader : IDisposable
{
    private readonly Stream _stream;
    private readonly string _path;
    private readonly Decompressor _decompressor = new();
    private readonly byte[] _header = new byte[CaptureLayout.TrailerSize];
    private byte[] _stored = [];
    private byte[] _content = [];
    private ReadOnlyMemory<byte> _frame;
    private int _frameEntriesLeft;
    private long _frameOffset;
    private int _frameStoredBytes;
    private int _frameContentBytes;
    private long _position;
    private long _taken;
    private long _lastOffset;
    private bool _isAtEnd;

    /// <summary>Reads the header from <paramref name="stream"/>. The reader takes ownership of the stream.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="path">The file's name in messages.</param>
    /// <exception cref="CaptureDamagedException">The stream is not a capture, has another version, or is damaged.</exception>
    public CaptureReader(Stream stream, string path)
    {
        _stream = stream;
        _path = path;
        Header = ReadHeader();
    }

    /// <summary>The capture's header.</summary>
    public CaptureHeader Header { get; }

    /// <summary>Entries read so far.</summary>
    public ulong EntriesRead { get; private set; }

    /// <summary>Position in the file in bytes, in steps of entries. Safe for any thread.</summary>
    public long PositionBytes => Volatile.Read(ref _taken);

    /// <summary>Length of the file.</summary>
    public long LengthBytes => _stream.Length;

    /// <summary>Opens a file.</summary>
    /// <exception cref="CaptureDamagedException">The file is not a capture, has another version, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CaptureReader Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, CaptureLayout.TargetFrameBytes, FileOptions.SequentialScan);
        try
        {
            return new CaptureReader(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next entry, whose content is valid until the next call. Returns false after the last entry of a complete capture.</summary>
    /// <exception cref="CaptureDamagedException">The next entry is damaged, or the file ends before its trailer.</exception>
    public bool TryRead(out CaptureEntry entry)
    {
        while (_frameEntriesLeft == 0)
        {
            if (_isAtEnd || !ReadFrame())
            {
                _isAtEnd = true;
                entry = default;
                return false;
            }
        }

        entry = ReadEntry();
        EntriesRead++;
        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _decompressor.Dispose();
        _stream.Dispose();
    }

    private CaptureHeader ReadHeader()
    {
        var preamble = new byte[CaptureLayout.PreambleSize];
        if (_stream.ReadAtLeast(preamble, preamble.Length, throwOnEndOfStream: false) < preamble.Length || !preamble.AsSpan().StartsWith(CaptureLayout.Magic))
        {
            throw Damaged(0, "the file is not a capture");
        }

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(preamble.AsSpan(CaptureLayout.PreambleVersion));
        if (version != CaptureLayout.FormatVersion)
        {
            throw Damaged(CaptureLayout.PreambleVersion, $"format version {version} is not supported: expected {CaptureLayout.FormatVersion}");
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(preamble.AsSpan(CaptureLayout.PreambleHeaderLength));
        if (length > CaptureLayout.MaxHeaderBytes)
        {
            throw Damaged(CaptureLayout.PreambleHeaderLength, $"the header of {length} bytes exceeds the limit of {CaptureLayout.MaxHeaderBytes}");
        }

        _position = CaptureLayout.PreambleSize;
        var header = new byte[length];
        Fill(header, "the header");
        CheckCrc(Crc32C.Continue(Crc32C.Compute(preamble), header), 0, "the header");
        bool isSynthetic = (BinaryPrimitives.ReadUInt16LittleEndian(preamble.AsSpan(CaptureLayout.PreambleFlags)) & CaptureLayout.SyntheticFlag) != 0;
        try
        {
            return CaptureHeaderCodec.Read(header, isSynthetic);
        }
        catch (EventDecodeException e)
        {
            throw Damaged(CaptureLayout.PreambleSize, e.Message, e);
        }
    }

    private bool ReadFrame()
    {
        _frameOffset = _position;
        var magic = _header.AsSpan(0, CaptureLayout.FrameContentLength);
        Fill(magic, "a frame or the trailer");
        if (magic.SequenceEqual(CaptureLayout.TrailerMagic))
        {
            CheckTrailer();
            return false;
        }

        if (!magic.SequenceEqual(CaptureLayout.FrameMagic))
        {
            throw Damaged(_frameOffset, $"{Convert.ToHexStringLower(magic)} begins neither a frame nor the trailer");
        }

        var header = _header.AsSpan(0, CaptureLayout.FrameHeaderCrc);
        Fill(header[CaptureLayout.FrameContentLength..], "a frame's header");
        CheckCrc(Crc32C.Compute(header), _frameOffset, "the frame's header");
        uint contentLength = BinaryPrimitives.ReadUInt32LittleEndian(header[CaptureLayout.FrameContentLength..]);
        uint storedLength = BinaryPrimitives.ReadUInt32LittleEndian(header[CaptureLayout.FrameStoredLength..]);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(header[CaptureLayout.FrameEntryCount..]);
        if (contentLength > CaptureLayout.MaxFrameBytes || storedLength > CaptureLayout.MaxStoredBytes || count > contentLength)
        {
            throw Damaged(_frameOffset, $"the frame of {contentLength} bytes, stored in {storedLength}, with {count} entries exceeds the limits");
        }

        var stored = Room(ref _stored, (int)storedLength).Span;
        Fill(stored, "a frame");
        CheckCrc(Crc32C.Compute(stored), _frameOffset + CaptureLayout.FrameHeaderSize, "the frame");
        _frame = Decompress(stored, Room(ref _content, (int)contentLength));
        _frameStoredBytes = (int)storedLength;
        _frameContentBytes = (int)contentLength;
        _frameEntriesLeft = (int)count;
        return true;
    }

    /// <summary>Returns a buffer that every frame reuses, cut to a length.</summary>
    private static Memory<byte> Room(ref byte[] bytes, int length)
    {
        bytes = bytes.Length < length ? new byte[Math.Max(length, CaptureLayout.TargetFrameBytes)] : bytes;
        return bytes.AsMemory(0, length);
    }

    private Memory<byte> Decompress(ReadOnlySpan<byte> stored, Memory<byte> content)
    {
        try
        {
            int written = _decompressor.Unwrap(stored, content.Span);
            return written == content.Length
                ? content
                : throw Damaged(_frameOffset, $"the frame decompresses to {written} bytes, expected {content.Length}");
        }
        catch (ZstdException e)
        {
            throw Damaged(_frameOffset, "the frame does not decompress", e);
        }
    }

    private CaptureEntry ReadEntry()
    {
        var header = _frame.Span;
        uint length = header.Length < CaptureLayout.EntryHeaderSize ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (length > CaptureLayout.MaxEntryBytes || length > (uint)(header.Length - CaptureLayout.EntryHeaderSize))
        {
            throw Damaged(_frameOffset, $"entry {EntriesRead} exceeds the {header.Length} bytes left in its frame");
        }

        var entry = new CaptureEntry(
            (CaptureEntryKind)header[CaptureLayout.EntryKind],
            BinaryPrimitives.ReadInt64LittleEndian(header[CaptureLayout.EntryOffset..]),
            BinaryPrimitives.ReadUInt16LittleEndian(header[CaptureLayout.EntrySource..]),
            (SightingVia)header[CaptureLayout.EntryVia],
            _frame.Slice(CaptureLayout.EntryHeaderSize, (int)length));
        Validate(entry);
        _frame = _frame[(CaptureLayout.EntryHeaderSize + (int)length)..];
        _frameEntriesLeft--;
        _lastOffset = entry.OffsetNanoseconds;
        long takenOfFrame = (long)(_frameContentBytes - _frame.Length) * _frameStoredBytes / _frameContentBytes;
        Volatile.Write(ref _taken, _frameOffset + takenOfFrame);
        return _frameEntriesLeft > 0 || _frame.IsEmpty
            ? entry
            : throw Damaged(_frameOffset, $"{_frame.Length} bytes follow the frame's last entry");
    }

    private void Validate(in CaptureEntry entry)
    {
        if (entry.OffsetNanoseconds < _lastOffset)
        {
            throw Damaged(_frameOffset, $"entry {EntriesRead} at {entry.OffsetNanoseconds} ns is earlier than the previous entry");
        }

        if (entry.SourceIndex != CaptureEntry.NoSource && entry.SourceIndex >= Header.Sources.Count)
        {
            throw Damaged(_frameOffset, $"entry {EntriesRead} names source {entry.SourceIndex} of {Header.Sources.Count}");
        }

        bool isValid = entry.Kind switch
        {
            CaptureEntryKind.Sighting => entry.Content.Length == Hash256.Size,
            CaptureEntryKind.Body => entry.Content.Length >= Hash256.Size,
            CaptureEntryKind.Fact => IsFact(entry),
            _ => false,
        };
        if (!isValid)
        {
            throw Damaged(_frameOffset, $"entry {EntriesRead} is not a valid entry of kind {(int)entry.Kind}");
        }
    }

    private static bool IsFact(in CaptureEntry entry)
    {
        try
        {
            var record = entry.Record;
            return !record.IsDerived && LogEvent.Decode(record) is LaneFact;
        }
        catch (EventDecodeException)
        {
            return false;
        }
    }

    private void CheckTrailer()
    {
        var trailer = _header.AsSpan(0, CaptureLayout.TrailerCrc);
        Fill(trailer[CaptureLayout.FrameContentLength..], "the trailer");
        CheckCrc(Crc32C.Compute(trailer), _frameOffset, "the trailer");
        ulong entries = BinaryPrimitives.ReadUInt64LittleEndian(trailer[CaptureLayout.TrailerEntryCount..]);
        long last = BinaryPrimitives.ReadInt64LittleEndian(trailer[CaptureLayout.TrailerLastOffset..]);
        if (entries != EntriesRead || last != _lastOffset)
        {
            throw Damaged(_frameOffset, $"the trailer states {entries} entries up to {last} ns, but {EntriesRead} up to {_lastOffset} ns were read");
        }

        if (_stream.ReadByte() >= 0)
        {
            throw Damaged(_position, "bytes follow the trailer");
        }
    }

    private void CheckCrc(uint actual, long offset, string what)
    {
        var crc = new byte[CaptureLayout.CrcSize];
        Fill(crc, what);
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(crc);
        if (expected != actual)
        {
            throw Damaged(offset, $"the CRC of {what} is {actual:x8}, expected {expected:x8}");
        }
    }

    private void Fill(Span<byte> bytes, string what)
    {
        int read = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _position += read;
        if (read < bytes.Length)
        {
            throw Damaged(_position, $"the file ends within {what}");
        }
    }

    private CaptureDamagedException Damaged(long offset, string finding, Exception? inner = null) => new(_path, offset, finding, inner);
}
