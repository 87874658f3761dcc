using Mempulse.Canon.Files;

namespace Mempulse.Canon.Snapshots;

/// <summary>Reads a snapshot's content; disposing it closes the file.</summary>
internal sealed class ContentReader(ILogFile file, long contentBytes) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => contentBytes;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException("A snapshot can only be read sequentially.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, contentBytes - _position);
        int read = file.Read(buffer[..wanted], SnapshotLayout.HeaderBytes + _position);
        _position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A snapshot is read-only.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A snapshot can only be read sequentially.");

    public override void SetLength(long value) => throw new NotSupportedException("A snapshot is read-only.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
