using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using ZstdSharp;

namespace Mempulse.Net.Captures;

/// <summary>Writes a capture from its first entry to its last; confined to one thread.</summary>
/// <remarks>
/// A capture without its trailer is one whose writer stopped half way, and a reader says so: call <see cref="Complete"/>
/// after the last entry. The same entries give the same bytes.
/// </remarks>
public sealed class CaptureWriter : IDisposable
{
    /// <summary>The smallest files that zstd makes without asking more of a reader: a capture is written once.</summary>
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

    /// <summary>Writes the header to <paramref name="stream"/>, which the writer owns from here on.</summary>
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
            throw new ArgumentException($"A header of {length} bytes is over the limit of {CaptureLayout.MaxHeaderBytes}.", nameof(header));
        }

        var preamble = buffer.Written(0, CaptureLayout.PreambleSize);
        CaptureLayout.Magic.CopyTo(preamble);
        BinaryPrimitives.WriteUInt16LittleEndian(preamble[CaptureLayout.PreambleVersion..], CaptureLayout.FormatVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(preamble[CaptureLayout.PreambleFlags..], header.IsSynthetic ? CaptureLayout.SyntheticFlag : (ushort)0);
        BinaryPrimitives.WriteUInt32LittleEndian(preamble[CaptureLayout.PreambleHeaderLength..], (uint)length);
        WriteWithCrc(buffer.WrittenSpan);
    }

    /// <summary>A source showed a hash.</summary>
    public void AddSighting(long offsetNanoseconds, int sourceIndex, Hash256 hash, SightingVia via)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.CopyTo(bytes);
        Add(CaptureEntryKind.Sighting, offsetNanoseconds, sourceIndex, via, bytes, []);
    }

    /// <summary>A source delivered a body, as it stands on the wire (a blob transaction may carry its sidecar).</summary>
    /// <param name="offsetNanoseconds">When, after the capture's start.</param>
    /// <param name="sourceIndex">Which source.</param>
    /// <param name="expected">The hash it was asked for by; the zero hash when nobody asked.</param>
    /// <param name="raw">The bytes it sent.</param>
    /// <param name="via">How it came; <see cref="SightingVia.Unknown"/> when it was asked for, which is no sighting.</param>
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

    /// <summary>A record as it is: a reader refuses one that is not a fact of a lane.</summary>
    internal void AddRecord(long offsetNanoseconds, int sourceIndex, in RecordView record) =>
        Add(CaptureEntryKind.Fact, offsetNanoseconds, sourceIndex, SightingVia.Unknown, record.Bytes, []);

    /// <summary>Writes what is left and the trailer; nothing can be added after it.</summary>
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
            throw new ArgumentOutOfRangeException(nameof(sourceIndex), $"Source {sourceIndex} is not among the {_sourceCount} of the header.");
        }

        int length = content.Length + rest.Length;
        if (length > CaptureLayout.MaxEntryBytes)
        {
            throw new ArgumentException($"An entry of {length} bytes is over the limit of {CaptureLayout.MaxEntryBytes}.", nameof(content));
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

    /// <summary>Lets <c>foreach</c> walk over the records of a batch that has no positions yet.</summary>
    private readonly ref struct RecordEnumerable(ReadOnlySpan<byte> records)
    {
        private readonly ReadOnlySpan<byte> _records = records;

        public RecordEnumerator GetEnumerator() => new(GlobalSeq.None.Next, _records);
    }
}
