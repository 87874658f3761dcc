using System.Buffers;
using Mempulse.Canon.Files;

namespace Mempulse.Canon.Segments;

/// <summary>A window into a file that follows forward reads; confined to one thread.</summary>
internal sealed class FileWindow(ILogFile file, int chunkBytes, long limitBytes) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(chunkBytes);
    private long _offset;
    private int _length;

    /// <summary>Bytes at or past this offset are not read, because they may still change; may be raised.</summary>
    public long LimitBytes { get; set; } = limitBytes;

    /// <summary>Returns <paramref name="count"/> bytes from <paramref name="offset"/>, fewer only at the end of the file or at the limit.</summary>
    /// <remarks>The memory is valid until the next call.</remarks>
    public ReadOnlyMemory<byte> Get(long offset, int count)
    {
        count = (int)Math.Min(count, Math.Max(0, LimitBytes - offset));
        bool holdsAll = offset >= _offset && offset + count <= _offset + _length;
        if (!holdsAll)
        {
            Fill(offset, count);
        }

        int start = (int)(offset - _offset);
        return _bytes.AsMemory(start, Math.Min(count, Math.Max(0, _length - start)));
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private void Fill(long offset, int count)
    {
        int kept = offset >= _offset && offset < _offset + _length ? (int)(_offset + _length - offset) : 0;
        var old = _bytes.AsSpan((int)(kept > 0 ? offset - _offset : 0), kept);
        if (count > _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(count, chunkBytes));
            old.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        else
        {
            old.CopyTo(_bytes);
        }

        int wanted = (int)Math.Min(Math.Max(count, Math.Min(chunkBytes, _bytes.Length)), LimitBytes - offset);
        _length = kept + file.Read(_bytes.AsSpan(kept, wanted - kept), offset + kept);
        _offset = offset;
    }
}
