using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using ZstdSharp;

namespace Mempulse.Net.Captures;

/// <summary>Writes a capture from first entry to last. Confined to one thread.</summary>
/// <remarks>
/// A reader rejects a capture without a trailer as incomplete: call <see cref="Complete"/>
/// after the last entry. The same entries give the same bytes.
/// </remarks>
public sealed class CaptureWriter : IDisposable
{
    /// <summary>The highest compression of zstd that costs a reader nothing extra: a capture is written once.</summary>
    internal const int DefaultCompressionLevel = 19;

    private readonly Stream _stream;
    private readonly int _sourceCount;
    private readonly Compressor _compressor;
    private readonly ByteBuffer _frame = new(CaptureLayout.TargetFrameBytes);
    private readonly EventBatch _factRecord = new(default);
    private int _frameEntries;
    private ulong _entries;
    private long _lastOffset;
    private bool _isComplete;

    /// <summary>Writes the header to <paramref name="stream"/>. The writer takes ownership of the stream.</summary>
    public CaptureWriter(Stream stream, CaptureHeader header)
        : this(stream, header, DefaultCompressionLevel)
    {
    }

    internal CaptureWriter(Stream stream, CaptureHeader header, int compressionLevel)
    {
        _stream = stream;
        _compressor = new Compressor(compressionLevel);
        _sourceCount = header.Sources.Count;
        var buffer = new ByteBuffer();
        buffer.Append(CaptureLayout.PreambleSize).Clear();
        CaptureHeaderCodec.Write(buffer, header);
        int length = buffer.Length - CaptureLayout.PreambleSize;
        if (length > CaptureLayout.MaxHeaderBytes)
        {
            throw new ArgumentException($"The header of {length} bytes exceeds the limit of {CaptureLayout.MaxHeaderBytes}.", nameof(header));
        }

        var preamble = buffer.Written(0, CaptureLayout.PreambleSize);
        CaptureLayout.Magic.CopyTo(preamble);
        BinaryPrimitives.WriteUInt16LittleEndian(preamble[CaptureLayout.PreambleVersion..], CaptureLayout.FormatVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(preamble[CaptureLayout.PreambleFlags..], header.IsSynthetic ? CaptureLayout.SyntheticFlag : (ushort)0);
        BinaryPrimitives.WriteUInt32LittleEndian(preamble[CaptureLayout.PreambleHeaderLength..], (uint)length);
        WriteWithCrc(buffer.WrittenSpan);
    }

    /// <summary>A source announced a hash.</summary>
    public void AddSighting(long offsetNanoseconds, int sourceIndex, Hash256 hash, SightingVia via)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.CopyTo(bytes);
        Add(CaptureEntryKind.Sighting, offsetNanoseconds, sourceIndex, via, bytes, []);
    }

    /// <summary>A source delivered a body, in its form on the wire (a blob transaction may carry its sidecar).</summary>
    /// <param name="offsetNanoseconds">Nanoseconds since the capture's start.</param>
    /// <param name="sourceIndex">Index of the source.</param>
    /// <param name="expected">The requested hash; the zero hash if it was not requested.</param>
    /// <param name="raw">The bytes as sent.</param>
    /// <param name="via">How it arrived; <see cref="SightingVia.Unknown"/> for a requested body, which is not a sighting.</param>
    public void AddBody(long offsetNanoseconds, int sourceIndex, Hash256 expected, ReadOnlySpan<byte> raw, SightingVia via)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        expected.CopyTo(hash);
        Add(CaptureEntryKind.Body, offsetNanoseconds, sourceIndex, via, hash, raw);
    }

    /// <summary>Any other fact.</summary>
    public void AddFact(long offsetNanoseconds, int sourceIndex, LaneFact fact)
    {
        _factRecord.Clear();
        _factRecord.Add(fact, RecordMeta.Fact(default, 0, default, default));
        foreach (var record in new RecordEnumerable(_factRecord.Records.Span))
        {
            AddRecord(offsetNanoseconds, sourceIndex, record);
        }
    }

    /// <summary>Adds a record as it is. A reader rejects a record that is not a fact of a lane.</summary>
    internal void AddRecord(long offsetNanoseconds, int sourceIndex, in RecordView record) =>
        Add(CaptureEntryKind.Fact, offsetNanoseconds, sourceIndex, SightingVia.Unknown, record.Bytes, []);

    /// <summary>Writes the remaining entries and the trailer. Nothing can be added afterwards.</summary>
    public void Complete()
    {
        CloseFrame();
        Span<byte> trailer = stackalloc byte[CaptureLayout.TrailerCrc];
        CaptureLayout.TrailerMagic.CopyTo(trailer);
        BinaryPrimitives.WriteUInt64LittleEndian(trailer[CaptureLayout.TrailerEntryCount..], _entries);
        BinaryPrimitives.WriteInt64LittleEndian(trailer[CaptureLayout.TrailerLastOffset..], _lastOffset);
        WriteWithCrc(trailer);
        _stream.Flush();
        _isComplete = true;
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose()
    {
        _compressor.Dispose();
        _stream.Dispose();
    }

    private void Add(CaptureEntryKind kind, long offset, int sourceIndex, SightingVia via, ReadOnlySpan<byte> content, ReadOnlySpan<byte> rest)
    {
        ObjectDisposedException.ThrowIf(_isComplete, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, _lastOffset, nameof(offset));
        if (sourceIndex != CaptureEntry.NoSource && (uint)sourceIndex >= (uint)_sourceCount)
        {
            throw new ArgumentOutOfRangeException(nameof(sourceIndex), $"'{sourceIndex}' is not a valid source index: expected less than {_sourceCount}.");
        }

        int length = content.Length + rest.Length;
        if (length > CaptureLayout.MaxEntryBytes)
        {
            throw new ArgumentException($"The entry of {length} bytes exceeds the limit of {CaptureLayout.MaxEntryBytes}.", nameof(content));
        }

        var header = _frame.Append(CaptureLayout.EntryHeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)length);
        header[CaptureLayout.EntryKind] = (byte)kind;
        header[CaptureLayout.EntryVia] = (byte)via;
        BinaryPrimitives.WriteUInt16LittleEndian(header[CaptureLayout.EntrySource..], (ushort)sourceIndex);
        BinaryPrimitives.WriteInt64LittleEndian(header[CaptureLayout.EntryOffset..], offset);
        _frame.Append(content);
        _frame.Append(rest);
        _lastOffset = offset;
        _frameEntries++;
        _entries++;
        if (_frame.Length >= CaptureLayout.TargetFrameBytes)
        {
            CloseFrame();
        }
    }

    private void CloseFrame()
    {
        if (_frameEntries == 0)
        {
            return;
        }

        var stored = _compressor.Wrap(_frame.WrittenSpan);
        Span<byte> header = stackalloc byte[CaptureLayout.FrameHeaderCrc];
        CaptureLayout.FrameMagic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[CaptureLayout.FrameContentLength..], (uint)_frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[CaptureLayout.FrameStoredLength..], (uint)stored.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[CaptureLayout.FrameEntryCount..], (uint)_frameEntries);
        WriteWithCrc(header);
        WriteWithCrc(stored);
        _frame.Clear();
        _frameEntries = 0;
    }

    private void WriteWithCrc(ReadOnlySpan<byte> bytes)
    {
        Span<byte> crc = stackalloc byte[CaptureLayout.CrcSize];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, Crc32C.Compute(bytes));
        _stream.Write(bytes);
        _stream.Write(crc);
    }

    /// <summary>Enumerates the records of a batch that has no positions yet.</summary>
    private readonly ref struct RecordEnumerable(ReadOnlySpan<byte> records)
    {
        private readonly ReadOnlySpan<byte> _records = records;

        public RecordEnumerator GetEnumerator() => new(GlobalSeq.None.Next, _records);
    }
}
