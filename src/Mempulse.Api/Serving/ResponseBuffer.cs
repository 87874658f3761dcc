using System.Buffers;

namespace Mempulse.Api.Serving;

/// <summary>A response as it is written, in pooled chunks that are taken from a budget and returned to it one by one as they are sent.</summary>
/// <remarks>Confined to its request. A response is complete before its first byte is sent, so a failure is a problem, never half an answer.</remarks>
internal sealed class ResponseBuffer(ByteBudget budget) : Stream
{
    /// <summary>Bytes of a chunk. It is also what a client must read within the time that its minimum rate allows.</summary>
    public const int ChunkBytes = 16 << 10;

    private readonly Queue<byte[]> _full = new();
    private byte[]? _last;
    private int _lastLength;

    /// <summary>True when something was not written because nothing was left of the budget.</summary>
    public bool IsOverBudget { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => ((long)_full.Count * ChunkBytes) + _lastLength;

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The oldest bytes; empty when all are sent. Valid until <see cref="ReturnFirst"/>.</summary>
    public ReadOnlyMemory<byte> First => _full.TryPeek(out byte[]? chunk) ? chunk.AsMemory(0, ChunkBytes) : _last.AsMemory(0, _lastLength);

    /// <summary>All bytes that are not sent, in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks => _full.Select(static chunk => (ReadOnlyMemory<byte>)chunk.AsMemory(0, ChunkBytes)).Append((ReadOnlyMemory<byte>)_last.AsMemory(0, _lastLength));

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        while (Length > 0)
        {
            ReturnFirst();
        }
    }

    /// <summary>Returns the chunk of <see cref="First"/> to the pool and to the budget.</summary>
    public void ReturnFirst()
    {
        if (_full.TryDequeue(out byte[]? chunk))
        {
            Return(chunk);
        }
        else if (_last is { } last)
        {
            (_last, _lastLength) = (null, 0);
            Return(last);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">Nothing is left of the budget; <see cref="IsOverBudget"/> is set.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_last is null || _lastLength == ChunkBytes)
            {
                AddChunk();
            }

            int count = Math.Min(buffer.Length, ChunkBytes - _lastLength);
            buffer[..count].CopyTo(_last.AsSpan(_lastLength));
            _lastLength += count;
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Clear();
        base.Dispose(disposing);
    }

    private void AddChunk()
    {
        if (!budget.TryTake(ChunkBytes))
        {
            IsOverBudget = true;
            throw new IOException("The bytes of unsent responses have reached their limit.");
        }

        if (_last is { } full)
        {
            _full.Enqueue(full);
        }

        (_last, _lastLength) = (ArrayPool<byte>.Shared.Rent(ChunkBytes), 0);
    }

    private void Return(byte[] chunk)
    {
        ArrayPool<byte>.Shared.Return(chunk);
        budget.Return(ChunkBytes);
    }
}
