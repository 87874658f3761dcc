using Mempulse.Canon.Files;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Canon.Snapshots;

/// <summary>Writes a snapshot's content after the space for its header, and computes its CRC.</summary>
internal sealed class ContentWriter(ILogFile file) : Stream
{
    private const int BufferBytes = 256 * 1024;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _buffered;
    private long _flushed;

    /// <summary>CRC-32C of everything flushed so far.</summary>
    public uint Crc { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _flushed + _buffered;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException("A snapshot can only be written sequentially.");
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int part = Math.Min(buffer.Length, BufferBytes - _buffered);
            buffer[..part].CopyTo(_buffer.AsSpan(_buffered));
            _buffered += part;
            buffer = buffer[part..];
            if (_buffered == BufferBytes)
            {
                Flush();
            }
        }
    }

    public override void Flush()
    {
        var bytes = _buffer.AsSpan(0, _buffered);
        file.Write(bytes, SnapshotLayout.HeaderBytes + _flushed);
        Crc = Crc32C.Continue(Crc, bytes);
        _flushed += _buffered;
        _buffered = 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A snapshot cannot be read while it is written.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A snapshot can only be written sequentially.");

    public override void SetLength(long value) => throw new NotSupportedException("A snapshot can only be written sequentially.");
}
